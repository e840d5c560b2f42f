"""What the pages of a debrief show: the agenda out of the review, and what is said meanwhile."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from interviewbank.access.models import User
from roles.models import EvaluationArea
from scorecards.models import (
    Application,
    Debrief,
    DebriefNote,
    Interview,
    PanelRating,
    Vote,
)
from scorecards.permissions import can_line_up, can_review, is_seated
from scorecards.querysets.debriefs import ROOM, voters_of
from scorecards.workflow.debriefs import missing_cards, why_not

from .debrief_hours import Place, place_of
from .matrix import AreaRow, Cell
from .review import Review


@dataclass(frozen=True)
class Item:
    """An area on the agenda, with why it stands where it does. `folded` when all rated it alike."""

    row: AreaRow
    words: str
    folded: bool

    @property
    def heard(self) -> list[Cell]:
        return [cell for cell in self.row.cells if cell.state in ("rated", "na")]


def agenda(review: Review) -> list[Item]:
    """First what one person alone can tell, for nobody else will bring it up; then by spread x
    weight; last, folded, where all agree."""
    items = [_item(row) for row in review.areas]
    return sorted(items, key=lambda one: (one.folded, one.row.result.raters > 1, -_pull(one.row)))


def _pull(row: AreaRow) -> Fraction:
    """Spread x weight; by the weight alone where nobody could differ."""
    return row.heat if row.result.raters > 1 else row.result.weight


def _item(row: AreaRow) -> Item:
    rated = [cell.person.short for cell in row.cells if cell.state == "rated"]
    asked = [cell for cell in row.cells if cell.state in ("rated", "na")]
    if not rated:
        words = "Nobody assessed this" if asked else "Nobody asked this"
        return Item(row, words, folded=False)
    if len(rated) == 1:
        verb = "asked" if len(asked) == 1 else "could rate"
        return Item(row, f"Only {rated[0]} {verb} this", folded=False)
    if row.result.spread:
        return Item(row, f"Ratings from {row.range_words}", folded=False)
    alike = row.range_words.split(" ")[0]
    return Item(row, f"All rated it {alike}", folded=row.unanimous)


@dataclass
class Said:
    """What the debrief holds on one area."""

    area: EvaluationArea
    panel: PanelRating | None = None
    notes: list[DebriefNote] = field(default_factory=list)


@dataclass(frozen=True)
class ShownVote:
    vote: Vote
    interviewed: bool


@dataclass(frozen=True)
class Live:
    """What follows the others, as this viewer may see it. `voted` and `voters` are numbers: who
    has voted is nobody's to know before the votes are shown."""

    debrief: Debrief
    takes_part: bool
    said: dict[str, Said]
    whole: list[DebriefNote]
    own: Vote | None
    voted: int
    voters: int
    votes: list[ShownVote]
    silent: list[str]
    place: Place | None
    figures: str

    @property
    def phase(self) -> str:
        if self.debrief.closed_at:
            return "closed"
        return "shown" if self.debrief.revealed_at else "voting"


def live(debrief: Debrief, viewer: User) -> Live:
    """A few queries and none of the arithmetic: pages ask for it all the time. `debrief` is visible
    to the viewer and comes with its people."""
    takes_part = is_seated(viewer, debrief.application.opening)
    said = {slug: Said(area) for slug, area in areas_of(debrief).items()}
    whole: list[DebriefNote] = []
    for note in debrief.notes.select_related("author", "area"):
        # A later plan may have dropped the area.
        place = said.get(note.area.slug) if note.area else None
        (place.notes if place else whole).append(note)
    for rating in debrief.panel_ratings.select_related("set_by", "area"):
        if rating.area.slug in said:
            said[rating.area.slug].panel = rating
    visible = list(Vote.objects.shown_to(viewer).filter(debrief=debrief).select_related("member"))
    voted, voters = _turnout(debrief) if takes_part else (0, 0)
    shown = visible if debrief.revealed_at else []
    return Live(
        debrief=debrief,
        takes_part=takes_part,
        said=said,
        whole=whole,
        own=next((one for one in visible if one.member_id == viewer.pk), None),
        voted=voted,
        voters=voters,
        votes=_with_interviews(debrief, shown),
        silent=_silent(debrief, {one.member_id for one in shown}) if debrief.revealed_at else [],
        place=place_of(debrief, viewer) if takes_part else None,
        figures=figures(debrief.application),
    )


def _turnout(debrief: Debrief) -> tuple[int, int]:
    """How many have voted, of how many who may."""
    voters = set(voters_of(debrief.application).values_list("pk", flat=True))
    return len(voters & set(debrief.votes.values_list("member", flat=True))), len(voters)


def figures(application: Application) -> str:
    """Another one means that the ratings, or how they are judged, are others."""
    record = application.rollup
    return record.ratings_digest[:16] + record.config_digest[:16]


def areas_of(debrief: Debrief) -> dict[str, EvaluationArea]:
    """Of the plan that applies now, by slug."""
    plans = debrief.application.opening.plans.order_by("-number")
    found = EvaluationArea.objects.filter(opening_areas__plan=plans.values("pk")[:1])
    return {area.slug: area for area in found}


def _with_interviews(debrief: Debrief, votes: list[Vote]) -> list[ShownVote]:
    met = votes and set(
        Interview.objects.filter(
            application=debrief.application, scorecard__submitted_at__isnull=False
        ).values_list("interviewer", flat=True)
    )
    return [ShownVote(one, one.member_id in met) for one in votes]


def _silent(debrief: Debrief, voted: set) -> list[str]:
    """Who could have voted when the votes were shown, and did not."""
    seated = debrief.application.opening.members.filter(
        kind__in=ROOM, added_at__lte=debrief.revealed_at
    )
    could = voters_of(debrief.application).filter(pk__in=seated.values("user"))
    return [one.name for one in could if one.pk not in voted]


@dataclass(frozen=True)
class State:
    """For the pages of a candidate: is there a debrief, may one be opened, and what is missing."""

    under_way: Debrief | None
    past: list[Debrief]
    may_open: bool
    missing: list[str]


def state_of(application: Application, viewer: User) -> State | None:
    """None for whoever may not see the assessments: they are not to know of a debrief either."""
    if not can_review(viewer, application):
        return None
    debriefs = list(application.debriefs.order_by("number"))
    may_open = can_line_up(viewer, application.opening) and not why_not(application)
    return State(
        under_way=next((one for one in debriefs if not one.closed_at), None),
        past=[one for one in debriefs if one.closed_at],
        may_open=may_open,
        missing=missing_names(application) if may_open else [],
    )


def missing_names(application: Any) -> list[str]:
    return [f"{one.interviewer.name}, {one.round.name}" for one in missing_cards(application)]
