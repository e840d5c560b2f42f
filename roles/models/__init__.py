from .questions import Question, QuestionSet, QuestionSetItem, QuestionSetVersion, QuestionVersion
from .roles import AreaProfile, EvaluationArea, Level, Role
from .work import LevelExpectation, Principle, Skill, TitleAlias, WorkItem, WorkItemRole

__all__ = [
    "AreaProfile",
    "EvaluationArea",
    "Level",
    "LevelExpectation",
    "Principle",
    "Question",
    "QuestionSet",
    "QuestionSetItem",
    "QuestionSetVersion",
    "QuestionVersion",
    "Role",
    "Skill",
    "TitleAlias",
    "WorkItem",
    "WorkItemRole",
]
