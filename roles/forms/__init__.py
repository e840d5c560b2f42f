from .filters import FilterForm
from .publishing import CHANGE_NOTES, DiscardForm, PublishForm
from .questions import NewQuestionForm, QuestionForm

__all__ = [
    "CHANGE_NOTES",
    "DiscardForm",
    "FilterForm",
    "NewQuestionForm",
    "PublishForm",
    "QuestionForm",
]
