"""Why a change of a question set is refused, each as a sentence for people."""

from roles import limits
from roles.models import QuestionVersion

from .errors import BadSet, BankError


class SetSlugTaken(BankError):
    def __init__(self, slug: str) -> None:
        super().__init__(f"There is already a question set with the id “{slug}”. Choose another.")


class SetChanged(BankError):
    """Somebody edited, published or discarded since the page was shown."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who} changed this question set after you opened it.")


class SetGone(BankError):
    def __init__(self) -> None:
        super().__init__("Somebody discarded this question set while you were at it.")


class NotInSet(BankError):
    def __init__(self) -> None:
        super().__init__("The question set does not ask this question any more.")


class UnknownQuestion(BankError):
    def __init__(self) -> None:
        super().__init__("There is no such question in the bank.")


class NotPublished(BankError):
    def __init__(self, question: object) -> None:
        super().__init__(f"“{question}” has no published version yet, so nobody can be asked it.")


class Full(BankError):
    def __init__(self) -> None:
        super().__init__(f"A question set asks at most {limits.ITEMS} questions.")


class NothingAsked(BadSet):
    def __init__(self) -> None:
        super().__init__("The draft asks nothing. Add at least one question.")


class AskedTwice(BadSet):
    def __init__(self, version: QuestionVersion) -> None:
        super().__init__(f"“{version.title}” is asked already: once is enough.")


class RetiredAsked(BadSet):
    def __init__(self, version: QuestionVersion) -> None:
        super().__init__(f"“{version.title}” is retired. Take it out.")


class SameQuestions(BadSet):
    def __init__(self, number: int) -> None:
        super().__init__(
            f"The draft asks the same as version {number}. Change something, or discard the draft."
        )
