"""A scorecard that was handed in, with everything that was said of it later."""

from dataclasses import dataclass

from interviewbank.access.models import User
from scorecards.models import Submission

from .amending import Amended, amendments_of
from .evidence import Heard, heard
from .scoring import Asked, read_sheet


@dataclass(frozen=True)
class HandedIn:
    """All submissions of one scorecard with its questions, as one reader sees them."""

    submissions: tuple[Submission, ...]
    own: bool
    questions: tuple[tuple[Asked, Heard], ...]
    amendments: tuple[Amended, ...]

    @property
    def submission(self) -> Submission:
        return self.submissions[0]

    @property
    def erased(self) -> bool:
        return not self.submission.content


def handed_in(submission: Submission, reader: User) -> HandedIn:
    """From the locked answers: they are the first submission. Any of them shows all of them."""
    sheet = read_sheet(submission.scorecard)
    submissions = tuple(sheet.card.submissions.order_by("number"))
    return HandedIn(
        submissions=submissions,
        own=sheet.card.interview.interviewer_id == reader.pk,
        questions=tuple((asked, heard(asked.answer)) for asked in sheet.questions),
        amendments=amendments_of(sheet, submissions),
    )
