"""The text form of the question bank: one readable file a question, one a set. docs/bank.md."""

from .importing import Report, import_bank
from .problems import BadBank, Problem

__all__ = ["BadBank", "Problem", "Report", "import_bank"]
