from .questions import Question, QuestionSet, QuestionSetItem, QuestionSetVersion, QuestionVersion
from .roles import AreaProfile, EvaluationArea, Level, Role

__all__ = [
    "AreaProfile",
    "EvaluationArea",
    "Level",
    "Question",
    "QuestionSet",
    "QuestionSetItem",
    "QuestionSetVersion",
    "QuestionVersion",
    "Role",
]
