"""Candidates whose roll-ups are known, for tests of the list, its files and the comparison."""

from interviewbank.access.models import User
from scorecards.models import Application, Decision, Opening
from scorecards.workflow.rollups import refresh_rollup
from tests import build

# What two interviewers rate the three questions of the panel, and what follows: production is the
# mean of the first two, cost the third, the score the mean of both.
CARDS = {
    "Strong": [[4, 4, 4], [4, 4, 4]],  # 4.00, strong hire
    "Solid": [[3, 3, 3], [3, 3, 3]],  # 3.00, hire
    "Torn": [[4, 4, 4], [1, 1, 1]],  # 2.50, leaning hire, all areas apart
    "Weak": [[1, 1, 1], [1, 1, 1]],  # 1.00, strong no hire
    "Thin": [[4, 4, None], [4, 4, None]],  # cost not assessed: insufficient evidence
}


def met(opening: Opening, name: str, cards=(), *, open_cards: int = 0) -> Application:
    """A candidate with these scorecards in, each by somebody else, and some that are still open."""
    application = build.application(opening, name)
    for ratings in cards:
        build.submitted(build.interview(application, build.user()), ratings)
    for _ in range(open_cards):
        build.interview(application, build.user())
    refresh_rollup(application)
    return application


def room(opening: Opening) -> dict[str, Application]:
    """One of each kind of `CARDS`, and one whose second scorecard is still open."""
    found = {name: met(opening, f"{name} Quill", cards) for name, cards in CARDS.items()}
    found["Half"] = met(opening, "Half Quill", [[4, 4, 4]], open_cards=1)
    return found


WHY = "Meets every bar, and both interviewers heard in detail how the outage was handled. " * 2


def decided(application: Application, by: User, outcome: str = "hire", **extra) -> Decision:
    """Straight into the table: the workflow, which asks that all was read, has its own tests."""
    Application.objects.filter(pk=application.pk).update(state="decided")
    last = application.decisions.order_by("number").last()
    return Decision.objects.create(
        application=application,
        decided_by=by,
        outcome=outcome,
        number=last.number + 1 if last else 1,
        supersedes=last,
        again_reason="More was heard since." if last else "",
        rationale=WHY,
        departs=False,
        snapshot={"kept": True},
        digest="d",
        **extra,
    )
