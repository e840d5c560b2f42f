"""Why a change of the bank is refused, each as a sentence for people."""


class BankError(Exception):
    """The parent of all refusals."""


class SlugTaken(BankError):
    def __init__(self, slug: str) -> None:
        super().__init__(f"There is already a question with the id “{slug}”. Choose another id.")


class AreaFixed(BankError):
    def __init__(self, area: object) -> None:
        super().__init__(
            f"The question was published in “{area}”, and its ratings count there. "
            "For another area, write a new question."
        )


class Changed(BankError):
    """Somebody saved, published or discarded since the page was shown."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who} changed this question after you opened it.")


class NoDraft(BankError):
    def __init__(self) -> None:
        super().__init__(
            "There is no draft any more: somebody published or discarded it. "
            "What you see now is what is stored."
        )


class AlreadyRetired(BankError):
    def __init__(self) -> None:
        super().__init__("Somebody retired this question already.")


class NotRetired(BankError):
    def __init__(self) -> None:
        super().__init__("This question is in use already.")


class NotReady(BankError):
    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


class NothingChanges(BankError):
    def __init__(self, number: int) -> None:
        super().__init__(
            f"The draft says the same as version {number}. Change something, or discard the draft."
        )


class NoChangeKind(BankError):
    def __init__(self) -> None:
        super().__init__("Say whether the wording or the meaning changes.")


class NotAsked(BankError):
    def __init__(self, question_set: object) -> None:
        super().__init__(f"“{question_set}” does not ask this question any more.")


class BadSet(BankError):
    """A set version that can't be asked: empty, with drafts, or with a question twice."""
