"""What an interviewer reads before an interview. Of other people's scorecards it holds nothing; an
area that somebody left is the coordinator's request here."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from roles.models import EvaluationArea
from scorecards.models import Handover, Interview
from scorecards.querysets.candidates import ENDED_WITH_APPLICATION

from .handovers import Offer, offers_of
from .schedule import ends_at
from .scoring import Asked, Sheet, read_sheet

_is_web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Preparation:
    """`moment` is one of ahead, now, over, in (the scorecard is) and ended (it did not happen)."""

    interview: Interview
    sheet: Sheet
    moment: str
    covers: list[EvaluationArea]
    offers: list[Offer]

    @property
    def ends_at(self) -> datetime:
        return ends_at(self.interview)

    @property
    def call(self) -> str:
        """The host of the call, where the location is an address and nothing else."""
        where = self.interview.location
        return urlsplit(where).hostname or "" if is_link(where) else ""

    @property
    def opening(self) -> list[str]:
        return opening_words(self.interview, self.sheet)

    @property
    def written(self) -> list[Asked]:
        """What there is of a draft; also of one that was closed."""
        return [
            asked
            for asked in self.sheet.questions
            if asked.settled or asked.answer.evidence.strip()
        ]

    @property
    def ended_with_application(self) -> bool:
        return self.interview.state_reason == ENDED_WITH_APPLICATION

    @property
    def may_take_back(self) -> bool:
        return self.interview.state in Interview.ENDED_BY_INTERVIEWER


def preparation(interview: Interview, now: datetime | None = None) -> Preparation:
    """`interview` comes with its people."""
    card = interview.scorecard
    card.interview = interview
    return Preparation(
        interview=interview,
        sheet=read_sheet(card),
        moment=_moment(interview, now or timezone.now()),
        covers=list(Handover.objects.asked_of(interview).areas()),
        offers=offers_of(interview) if card.submitted_at else [],
    )


def _moment(interview: Interview, now: datetime) -> str:
    if interview.scorecard.submitted_at:
        return "in"
    if interview.state not in Interview.OWING:
        return "ended"
    if now < interview.starts_at:
        return "ahead"
    return "now" if now < ends_at(interview) else "over"


def is_link(location: str) -> bool:
    """Only a whole web address becomes a link: `javascript:` and the like stay text."""
    try:
        _is_web_address(location)
    except ValidationError:
        return False
    return True


def opening_words(interview: Interview, sheet: Sheet) -> list[str]:
    """What to say at the start; every candidate of the opening hears the same."""
    if interview.shadow:
        return [
            f"I am {interview.interviewer}. I listen in to learn; my colleague asks the questions.",
            "I take notes while you speak, and they do not count for the decision. You may ask to "
            "read them afterwards.",
        ]
    names = [group.area.name.lower() for group in sheet.areas]
    about = f", and I will ask you about {_listed(names)}" if names else ""
    said = [
        f"I am {interview.interviewer}. We have {interview.minutes} minutes{about}.",
        "Everybody whom we meet for this position is asked the same questions. I may move on to "
        "the next one to have time for all of them.",
        "I take notes while you speak. You may ask to read them afterwards.",
        "Take the time you need to think, and say so when you want a break or a question again.",
    ]
    if sheet.spare_minutes > 0:
        said.append("At the end there is time for your own questions.")
    return said


def _listed(names: list[str]) -> str:
    """One, two and three."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
