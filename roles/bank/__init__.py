"""The text form of the question bank: one readable file a question, one a set. docs/bank.md."""

from .exporting import export_bank
from .importing import BankMoved, Report, import_bank, import_files
from .problems import BadBank, Problem
from .writing import CantExport, export_files

__all__ = [
    "BadBank",
    "BankMoved",
    "CantExport",
    "Problem",
    "Report",
    "export_bank",
    "export_files",
    "import_bank",
    "import_files",
]
