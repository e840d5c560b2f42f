"""What the account page and the people pages say about grants."""

from dataclasses import dataclass

from .models import Grant, User

GRANT_WORDS = {
    Grant.Kind.RECRUITER: "Creates openings and becomes their coordinator.",
    Grant.Kind.QUESTION_EDITOR: "Writes and publishes questions and question sets.",
    Grant.Kind.INSIGHTS_READER: "Reads the figures about questions and ratings, never a scorecard.",
    Grant.Kind.ADMINISTRATOR: "Invites people and says what they may do. Sees no assessments.",
}


@dataclass(frozen=True)
class GrantLine:
    """One kind of grant, and the grant itself where the person holds it."""

    kind: str
    label: str
    words: str
    held: Grant | None


def grant_lines(person: User) -> list[GrantLine]:
    """All kinds, in the order of the model."""
    held = {grant.kind: grant for grant in person.grants.select_related("granted_by")}
    return [
        GrantLine(kind.value, kind.label, GRANT_WORDS[kind], held.get(kind.value))
        for kind in Grant.Kind
    ]
