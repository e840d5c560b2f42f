"""The arithmetic of the role finder: from ticked statements of work to a role. No database."""

from .answers import ENOUGH, Answer, Side, find
from .catalogue import Catalogue, Job, Statement
from .changes import Change, changes, changes_to_another_title

__all__ = [
    "ENOUGH",
    "Answer",
    "Catalogue",
    "Change",
    "Job",
    "Side",
    "Statement",
    "changes",
    "changes_to_another_title",
    "find",
]
