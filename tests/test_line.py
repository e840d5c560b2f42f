"""The whole line on the shipped bank, each step through the form of its page: from a question that
is revised to a decision that nobody can change."""

import re
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import resolve, reverse
from django.utils import timezone

from interviewbank.audit.models import Event
from interviewbank.audit.trail import digest_of
from roles.models import AreaProfile, Question, QuestionSet, QuestionVersion
from scorecards.models import Application, Interview, Opening, Submission
from tests import build, shipped
from tests.walk import Person

# Round and ratings of each interviewer, in the order of the set; a word is why there is no rating.
PANEL = {
    "Anna": ("Screen", [3, 3, "no_evidence", 3]),
    "Bela": ("System design", [4, 2, 3, 3, "not_reached"]),
    "Cleo": ("Evaluation and reliability", [3, 4, 3, 4, "not_reached"]),
    "Dario": ("Agents", [3, 3, 4, "not_applicable"]),
}
# By hand, in points, every area with weight 1. Who rated n questions of an area pulls n / (n + 1).
#   production  Anna 3, Bela 4, Cleo 3            1/2 each             10/3
#   evaluation  Anna 3, Cleo 3 and 4              1/2 3 + 2/3 7/2      23/7
#   cost        Bela 2                                                  2
#   failure     Anna 3, Bela 3, Cleo 4            1/2 each             10/3
#   agents      Bela 3, Dario 3, 3 and 4          1/2 3 + 3/4 10/3     16/5
# The mean is 1591/525 points, 3.03; on the scale from 0 to 1 that is (1591/525 - 1) / 3.
SCORE = "1066/1575"
AREAS = {
    "production-experience": "7/9",
    "evaluation-rigor": "16/21",
    "cost-per-inference": "1/3",
    "failure-modes": "7/9",
    "agent-systems": "11/15",
}
RATIONALE = (
    "Figures of their own on traffic, money and faults from all four; the price of a request was "
    "thin, and is learnt here within weeks. Nobody heard a reason against."
)


@pytest.fixture
def cast(db) -> SimpleNamespace:
    shipped.load_bank()
    grants = {"Edith": "question_editor", "Rico": "recruiter", "Ada": "administrator"}
    names = [*grants, "Cora", "Carl", "Chiara", *PANEL]
    users = {
        name: build.user(f"{name} Quillfeather", *([grants[name]] if name in grants else []))
        for name in names
    }
    return SimpleNamespace(**{name.lower(): Person(user) for name, user in users.items()})


def words(name: str, slug: str) -> str:
    """What `name` heard: found on a page, it came from this scorecard."""
    return f"heard-by-{name}-on-{slug}"


def create_opening(cast) -> Opening:
    query = "?role=applied-ai-engineer&level=senior"
    cast.rico.send("opening_new", query=query, title="First of its kind")
    opening = Opening.objects.get(title="First of its kind")
    plan = opening.plans.get()
    profile = AreaProfile.objects.filter(role=opening.role, level="senior")
    columns = ("area__slug", "weight", "weight_rationale", "bar")
    assert set(plan.areas.values_list(*columns)) == set(profile.values_list(*columns))
    assert areas_of(opening) == AREAS.keys()
    assert {a_round.name for a_round in plan.rounds.all()} == {name for name, _ in PANEL.values()}
    return opening


def areas_of(opening) -> set[str]:
    return set(opening.plans.get().areas.values_list("area__slug", flat=True))


def create_openings_without_agents(cast) -> None:
    """Neither a role that has none, nor a job without them, is judged by them."""
    for role, changes in (
        ("ai-infrastructure-engineer", {}),
        ("applied-ai-engineer", {"agent_enabled": []}),
    ):
        query = f"?role={role}&level=senior"
        cast.rico.send("opening_new", query=query, title=f"No agents: {role}", **changes)
        opening = Opening.objects.get(title=f"No agents: {role}")
        assert areas_of(opening) == AREAS.keys() - {"agent-systems"}


def name_members(cast, opening) -> None:
    add = ("opening_member_add", opening.pk)
    cast.rico.send(*add, user=cast.cora.user.pk, kind="coordinator")
    # A coordinator, who may name coordinators, names nobody for the committee.
    cast.rico.send(*add, user=cast.carl.user.pk, kind="committee", status=422)
    cast.ada.send(*add, user=cast.carl.user.pk, kind="committee")
    cast.ada.send(*add, user=cast.chiara.user.pk, kind="chair")


def revise_question(cast) -> QuestionVersion:
    """Publishes version 2; version 1 and all that asks it stay as they were."""
    question = Question.objects.get(slug="first-month-live")
    first = question.versions.values().get()
    cast.edith.send("question_edit", question.pk, prompt="What did the first month teach you?")
    cast.edith.send("question_publish", question.pk, change="meaning", note="Asks what was learnt.")
    assert question.versions.values().get(number=1) == first
    assert question.versions.get(number=2).prompt == "What did the first month teach you?"
    screen = QuestionSet.objects.get(slug="applied-senior-screen")
    asked = [version.questions.get(question=question).number for version in screen.versions.all()]
    assert sorted(asked) == [1, 2]
    return question.versions.get(number=1)


def plan_interviews(cast, opening) -> Application:
    cast.cora.send("candidate_new", opening.pk, name="Odalys Brambleworth", email="o@example.org")
    application = Application.objects.get()
    rounds = {a_round.name: a_round.pk for a_round in opening.plans.get().rounds.all()}
    for days, (name, (round_name, _)) in enumerate(PANEL.items(), 2):
        cast.cora.send(
            "interview_new",
            application.pk,
            round=rounds[round_name],
            interviewer=getattr(cast, name.lower()).user.pk,
            starts_at=f"{timezone.now() - timedelta(days=days):%Y-%m-%dT%H:%M}",
        )
    return application


def card_of(name: str):
    return Interview.objects.get(interviewer__name__startswith=name).scorecard


def questions_of(name: str) -> list[tuple[str, int | str]]:
    """Slugs in the order of the round, each with what `name` gives it."""
    items = card_of(name).interview.round.set_version.items.order_by("position")
    slugs = items.values_list("question_version__question__slug", flat=True)
    return list(zip(slugs, PANEL[name][1], strict=True))


def score(cast, name: str) -> None:
    person, card = getattr(cast, name.lower()), card_of(name)
    for slug, rating in questions_of(name):
        evidence = words(name, slug) if isinstance(rating, int) else ""
        query = f"?q={slug}"
        person.send("scorecard_live", card.pk, query=query, rating=rating, evidence=evidence)


def submit(cast, name: str) -> None:
    changes = {"recommendation": "hire", "summary": f"summary-of-{name}", "pledge": "on"}
    getattr(cast, name.lower()).send("scorecard_submit", card_of(name).pk, **changes)


def look_around(cast, name: str) -> dict[str, bytes]:
    """The pages of somebody who owes a scorecard: nothing of the others is on any of them."""
    person = getattr(cast, name.lower())
    pages = person.crawl()
    reached = {resolve(urlsplit(url).path).url_name for url in pages}
    assert reached >= {"today", "application_list", "scorecard_live", "scorecard_submit"}
    theirs = b"|".join(
        b"(heard-by|summary-of)-%s|%s Quillfeather" % (other.encode(), other.encode())
        for other in PANEL
        if other != name
    )
    assert [url for url, page in pages.items() if re.search(theirs, page)] == []
    # It looked where words are: one's own are there.
    assert f"heard-by-{name}".encode() in b"".join(pages.values())
    application = Application.objects.get()
    for submission in Submission.objects.all():
        person.see("submission_detail", submission.pk, status=404)
    for other in PANEL.keys() - {name}:
        person.see("scorecard_live", card_of(other).pk, status=404)
    person.see("application_review", application.pk, status=403)
    return pages


def submit_all(cast) -> None:
    """Each is as blind before their own submission as if nobody else had one."""
    last = look_around(cast, "Dario")
    for name in PANEL:
        pages = look_around(cast, name)
        submit(cast, name)
    assert pages == last


def read_others(cast, application, opening) -> None:
    """Once one's own is in, what the opening allows; who coordinates, never."""
    cleos = Submission.objects.get(scorecard=card_of("Cleo"))
    for visibility, status in (("never", 403), ("after_own", 200)):
        cast.cora.send("opening_settings", opening.pk, visibility=visibility)
        cast.anna.see("application_review", application.pk, status=status)
        page = cast.anna.see("submission_detail", cleos.pk, status=404 if status == 403 else 200)
        assert ("heard-by-Cleo" in page) == (status == 200)
    assert not re.search(b"heard-by|summary-of", b"".join(cast.cora.crawl().values()))


def review(cast, application) -> None:
    page = cast.carl.see("application_review", application.pk, query="?area=evaluation-rigor")
    assert "<b>3.03</b>" in page
    assert "4 of 4 scorecards submitted" in page
    assert set(re.findall(r"heard-by-\w+-on-[\w-]+", page)) == {
        words("Anna", "how-you-knew-it-was-right"),
        words("Cleo", "score-up-users-unhappy"),
        words("Cleo", "grading-the-grader"),
    }


def decide(cast, application) -> None:
    """Only a chair, only after every scorecard, and once and for all."""
    args = ("decision_new", application.pk)
    given = {"page": "application_review", "outcome": "hire", "rationale": RATIONALE}
    assert cast.carl.client.post(reverse(args[0], args=args[1:])).status_code == 403
    for name in ("Anna", "Bela", "Cleo", "Dario"):
        refusal = cast.chiara.send(*args, **given, status=422)
        assert "Open every scorecard first." in refusal
        assert f"{name} Quillfeather" in refusal.split("Not opened yet:")[1].split("</li>")[0]
        assert RATIONALE in refusal
        page = cast.chiara.see(
            "submission_detail", Submission.objects.get(scorecard=card_of(name)).pk
        )
        assert f"summary-of-{name}" in page
    cast.chiara.send(*args, **given)


def supersede(cast, application) -> None:
    first = application.decisions.values().get()
    args, page = ("decision_new", application.pk), "application_review"
    given = {
        "outcome": "more_evidence",
        "rationale": RATIONALE[::-1],
        "again_reason": "The price of a request is asked once more.",
    }
    # From a page that was loaded before the first decision.
    cast.chiara.send(*args, page=page, **given, after="0", status=422)
    cast.chiara.send(*args, page=page, **given)
    assert application.decisions.values().get(number=1) == first
    second = application.decisions.get(number=2)
    assert (str(second.supersedes_id), second.outcome) == (str(first["id"]), "more_evidence")
    for change in ("UPDATE scorecards_decision SET number = 9", "DELETE FROM scorecards_decision"):
        with pytest.raises(IntegrityError, match="is refused"), transaction.atomic():
            connection.cursor().execute(f"{change} WHERE id = %s", [first["id"]])


def test_line(cast):
    imported = Event.objects.count()
    opening = create_opening(cast)
    name_members(cast, opening)
    version_1 = revise_question(cast)
    create_openings_without_agents(cast)
    application = plan_interviews(cast, opening)
    for name in PANEL:
        score(cast, name)
    live = cast.anna.see("scorecard_live", card_of("Anna").pk, query="?q=first-month-live")
    assert version_1.prompt in live

    submit_all(cast)
    record = application.rollup
    assert (record.outcome, record.status, record.score) == ("hire", "ready", SCORE)
    assert {slug: area["score"] for slug, area in record.areas.items()} == AREAS

    read_others(cast, application, opening)
    review(cast, application)
    decide(cast, application)
    supersede(cast, application)

    trail = list(Event.objects.all())
    done = [(event.actor.name.split()[0], event.verb) for event in trail[imported:]]
    assert done == [
        ("Rico", "opening.created"),
        ("Rico", "opening.coordinator_added"),
        ("Rico", "person.seat_given"),
        ("Ada", "opening.committee_added"),
        ("Ada", "person.seat_given"),
        ("Ada", "opening.chair_added"),
        ("Ada", "person.seat_given"),
        ("Edith", "question_set.published"),
        ("Edith", "question_set.published"),
        ("Edith", "question.published"),
        *[("Rico", "opening.created")] * 2,
        ("Cora", "application.created"),
        *[("Cora", "interview.assigned")] * 4,
        *[(name, "scorecard.opened") for name in PANEL],
        *[(name, "scorecard.submitted") for name in PANEL],
        *[("Cora", "opening.settings_changed")] * 2,
        ("Chiara", "decision.recorded"),
        ("Chiara", "decision.superseded"),
    ]
    assert [event.digest for event in trail] == [digest_of(event) for event in trail]
    assert all(two.previous == one.digest for one, two in pairwise(trail))
