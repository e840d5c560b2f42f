"""What a list may know of each application, as columns in SQL, for one viewer.

Filters, tabs, order and export read these columns and nothing else of others' work, so that a row
whose viewer owes a scorecard is counted, sorted and written as if no scorecard were in.
"""

from datetime import timedelta

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from interviewbank.access.models import User
from scorecards.models import Decision, Interview, Scorecard
from scorecards.querysets.candidates import (
    ApplicationQuerySet,
    knows_card_states,
    knows_outcome,
    owes_scorecard,
    reads_assessed,
)
from scorecards.querysets.scorecards import ScorecardQuerySet

PENDING = "pending"
# The one thing to look at in a row, the gravest first: no answer, a bar missed, people apart, a bar
# met only just, and whatever else the roll-up wants to be talked about.
FLAGS = {
    "evidence": "Too little evidence",
    "below": "Below a bar",
    "apart": "Disagreement",
    "narrow": "A bar just met",
    "discuss": "Discuss first",
    "none": "Nothing to look at first",
}


def with_facts(rows: ApplicationQuerySet, viewer: User) -> ApplicationQuerySet:
    """`owed`: the viewer owes a scorecard, and nothing below tells of others. `assessed`: they may
    see what was heard. `informed`: they may know which scorecards are in. `told`: they may know
    what became of it. `all_in`: since when all scorecards that count are in, if any. `again`: when
    a decision asked for more evidence, and none came after it. `ready_since`: since when the
    committee could decide."""
    asked_for_more = Decision.objects.filter(
        outcome="more_evidence", superseded_by__isnull=True
    ).order_by()
    asked = asked_for_more.filter(application=OuterRef("pk")).values("decided_at")
    return rows.annotate(
        owed=_flag(owes_scorecard(viewer)),
        assessed=_flag(reads_assessed(viewer)),
        carded=_flag(knows_card_states(viewer)),
        decided_known=_flag(knows_outcome(viewer)),
        all_in=_all_in(),
        again=Case(
            # Of the few that were asked for it: the set is read once.
            When(
                state="decided",
                pk__in=asked_for_more.values("application"),
                then=Subquery(asked[:1]),
            ),
            output_field=DateTimeField(),
        ),
    ).annotate(
        informed=_flag(Q(carded=True) | Q(assessed=True)),
        told=_flag(Q(carded=True) | Q(decided_known=True)),
        ready_since=_ready_since(),
    )


ACTIVE = Q(state="active") | Q(again__isnull=False) | Q(told=False)
"""Not decided, or asked for more evidence, or the viewer may not know."""
READY = Q(ready_since__isnull=False)
PENDING_ROW = Q(owed=True) | Q(
    Q(rollup__outcome="insufficient_evidence") & Q(assessed=True) & Q(all_in__isnull=True)
)
"""Reads “In progress”: too little evidence, and scorecards that would add some are not in."""


def outcome_shown() -> Case:
    """The recommendation as the row says it; empty where it says none."""
    return Case(
        When(PENDING_ROW, then=Value(PENDING)),
        When(assessed=True, then=F("rollup__outcome")),
        default=Value(""),
        output_field=CharField(),
    )


def flag_shown() -> Case:
    """The key of `FLAGS`, or empty where the row says nothing of what was heard."""
    return Case(
        When(Q(assessed=False) | PENDING_ROW, then=Value("")),
        When(rollup__outcome="insufficient_evidence", then=Value("evidence")),
        When(_some_area('@.bar == "not_met" || @.bar == "not_met_narrowly"'), then=Value("below")),
        When(_some_area("@.flagged == true"), then=Value("apart")),
        When(_some_area('@.bar == "met_narrowly"'), then=Value("narrow")),
        When(rollup__status="discuss_first", then=Value("discuss")),
        default=Value("none"),
        output_field=CharField(),
    )


def _some_area(condition: str) -> Q:
    path = Func(
        F("rollup__areas"),
        Value(f"$.* ? ({condition})"),
        function="jsonb_path_exists",
        template="%(function)s(%(expressions)s::jsonpath)",
        output_field=BooleanField(),
    )
    return Q(path)


def figure(column: str) -> Case:
    """A number of the roll-up to sort by; nothing where the row does not say it."""
    return Case(When(assessed=True, then=F(f"rollup__{column}")), output_field=FloatField())


def score() -> Case:
    """Without a verdict there is no score in the row, and so none in its place."""
    said = Q(assessed=True) & ~Q(rollup__outcome="insufficient_evidence")
    return Case(When(said, then=F("rollup__score_float")), output_field=FloatField())


def waiting_since(viewer: User) -> Case:
    """Since when the candidate waits for the viewer's own scorecard or, once all are in, for the
    committee. What others still owe is no waiting here."""
    end = ExpressionWrapper(
        F("starts_at") + F("minutes") * Value(timedelta(minutes=1), output_field=DurationField()),
        output_field=DateTimeField(),
    )
    own = (
        Interview.objects.of(viewer)
        .owing()
        .filter(application=OuterRef("pk"))
        .annotate(end=end)
        .filter(end__lte=timezone.now())
        .order_by()
        .values("application")
        .annotate(first=Min("end"))
        .values("first")
    )
    return Case(
        When(owed=True, then=Subquery(own)),
        default=F("ready_since"),
        output_field=DateTimeField(),
    )


def cards_planned() -> Subquery:
    return _of_cards(_counted_cards(), Count("pk"))


def cards_in() -> Subquery:
    return _of_cards(_counted_cards().submitted(), Count("pk"))


def _ready_since() -> Case:
    """A CASE and no condition: it asks in this order, and the dear question only of the few that
    the cheap ones leave."""
    goes_on = Q(state="active") | Q(again__isnull=False, all_in__gt=F("again"))
    return Case(
        When(Q(goes_on) & (Q(carded=True) | Q(assessed=True)), then=F("all_in")),
        output_field=DateTimeField(),
    )


def _all_in() -> Subquery:
    """In one look at the interviews: for a list that sorts by it, each look counts."""
    taking_place = Interview.objects.counted().taking_place().filter(application=OuterRef("pk"))
    all_in = (
        taking_place.order_by()
        .values("application")
        .annotate(
            last=Max("scorecard__submitted_at"),
            owed=Count("pk", filter=Q(scorecard__submitted_at__isnull=True)),
        )
        .filter(owed=0)
    )
    return Subquery(all_in.values("last"))


def _counted_cards() -> ScorecardQuerySet:
    return Scorecard.objects.filter(
        interview__application=OuterRef("pk"),
        interview__shadow=False,
        interview__state__in=Interview.OWING,
    )


def _of_cards(cards: ScorecardQuerySet, what: Aggregate) -> Subquery:
    """One figure of an application's scorecards; none at all is no figure."""
    return Subquery(
        cards.order_by().values("interview__application").annotate(figure=what).values("figure")
    )


def _flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
