from .comparing import CompareForm
from .filters import FilterForm
from .publishing import CHANGE_NOTES, DiscardForm, PublishForm, RetireForm
from .questions import NewQuestionForm, QuestionForm

__all__ = [
    "CHANGE_NOTES",
    "CompareForm",
    "DiscardForm",
    "FilterForm",
    "NewQuestionForm",
    "PublishForm",
    "QuestionForm",
    "RetireForm",
]
