"""The trail in words: complete, without content, and no way around blindness."""

import ast
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from interviewbank.access.workflow import add_grant, change_account
from interviewbank.audit import trail as audit
from interviewbank.audit.models import ReadEvent
from scorecards.summaries import trail
from scorecards.summaries.trail_words import SUBJECTS, WORDS
from scorecards.workflow.debriefs import open_debrief, set_panel_rating
from scorecards.workflow.erasing import request_erasure
from scorecards.workflow.handovers import hand_over
from scorecards.workflow.openings import add_member, remove_member
from scorecards.workflow.submitting import submit_scorecard
from tests import build
from tests.pages import masked
from tests.test_architecture import ROOT

LIST = reverse("trail_list")


def of(opening) -> str:
    return reverse("opening_trail", args=[opening.pk])


def handed_in(interview, *ratings):
    card = build.answered(interview, ratings or [3, 2, 3])
    return submit_scorecard(
        scorecard=card,
        by=interview.interviewer,
        recommendation="hire",
        summary="Ran it for two years.",
        unworded_ok=True,
    )


def said(lines) -> list[str]:
    return [
        f"{line.actor} {line.words}" + (f": {line.about}" if line.about else "") for line in lines
    ]


def verbs_in_code() -> set[str]:
    """Every text in a workflow that looks like a verb of the trail."""
    subjects = {verb.partition(".")[0] for verb in WORDS}
    found = set()
    for path in ROOT.glob("*/**/workflow*/**/*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                match = re.fullmatch(r"([a-z_]+)\.[a-z_]+", node.value)
                if match and match.group(1) in subjects:
                    found.add(node.value)
    return found


def test_every_event_has_words():
    kinds = ("chair", "committee", "coordinator")
    made = {f"opening.{kind}_{did}" for kind in kinds for did in ("added", "removed")}
    elsewhere = {
        verb
        for path in [
            *ROOT.glob("interviewbank/access/workflow*"),
            *ROOT.glob("scorecards/*.py"),
            *ROOT.glob("scorecards/seeding/*.py"),
        ]
        if path.is_file()
        for verb in re.findall(r'verb="([a-z_]+\.[a-z_]+)"', path.read_text())
    }
    assert verbs_in_code() | elsewhere | made == set(WORDS)


def test_the_administrator_reads_what_was_done_without_names_of_candidates(panel, sign_in):
    handed_in(panel.mine)
    page = sign_in(panel.people.administrator).get(LIST)

    assert said(page.context["lines"]) == [
        "Ines Asker submitted a scorecard",
    ]
    assert b"Brambleworth" not in page.content


def test_the_chair_reads_it_with_the_candidate(panel, sign_in):
    handed_in(panel.mine)
    page = sign_in(panel.people.chair).get(of(panel.opening))

    assert said(page.context["lines"]) == ["Ines Asker submitted a scorecard"]
    assert page.context["lines"][0].application == panel.application


def test_another_opening_is_not_on_the_page(panel, sign_in):
    other = build.opening(panel.set_version, areas=panel.areas)
    application = build.application(other)
    handed_in(build.interview(application, panel.people.outsider))
    open_debrief(application=application, by=panel.people.administrator)
    page = sign_in(panel.people.chair).get(of(panel.opening))

    assert page.context["lines"] == []


def test_members_that_come_and_go_are_named_in_the_trail(panel):
    people = panel.people
    member = add_member(
        opening=panel.opening, user=people.outsider, kind="chair", by=people.administrator
    )
    remove_member(member=member, by=people.administrator)
    events = list(trail.events_of_opening(panel.opening, people.chair))
    house = list(trail.events_for_administrator(people.administrator))

    assert said(trail.lines(events)) == [
        "Ada Minister removed a chair from an opening: Applied AI engineer",
        "Ada Minister made somebody chair of an opening: Applied AI engineer",
    ]
    assert said(trail.lines(house))[::2] == [
        "Ada Minister took a person's seat in an opening away: Otto Nobody, chair",
        "Ada Minister gave a person a seat in an opening: Otto Nobody, chair",
    ]


def test_the_administrator_reads_who_was_given_what(panel, sign_in):
    people = panel.people
    with transaction.atomic():
        add_grant(person=people.outsider, kind="question_editor", by=people.administrator)
        change_account(user=people.outsider, fields=["name"])
    page = sign_in(people.administrator).get(LIST)

    assert said(page.context["lines"]) == [
        "Otto Nobody changed their account",
        "Ada Minister gave a grant: Otto Nobody, question editor",
    ]
    assert "gave a grant: Otto Nobody, question editor" in page.content.decode()


def test_who_read_what_is_counted_for_each_candidate(panel, sign_in):
    people = panel.people
    submissions = [handed_in(panel.mine), handed_in(panel.theirs)]
    for one in submissions:
        audit.record_reads(reader=people.committee, objects=[one], scope=ReadEvent.Scope.WHOLE)
        audit.record_reads(reader=people.committee, objects=[one], scope=ReadEvent.Scope.PART)
    page = sign_in(people.chair).get(of(panel.opening))

    (reading,) = page.context["readings"]
    assert (reading.reader, reading.opened, reading.application) == (
        "Carl Reader",
        2,
        panel.application,
    )
    assert "opened 2 scorecards of" in page.content.decode()


def test_who_saw_statements_on_the_review_has_read_words(panel, sign_in):
    people = panel.people
    first, _ = [handed_in(panel.mine), handed_in(panel.theirs)]
    review = reverse("application_review", args=[panel.application.pk])
    assert sign_in(people.committee).get(review).status_code == 200
    words = [sign_in(people.chair).get(of(panel.opening)).content.decode()]
    audit.record_reads(reader=people.committee, objects=[first], scope=ReadEvent.Scope.WHOLE)
    words.append(sign_in(people.chair).get(of(panel.opening)).content.decode())

    assert "read words of 2 scorecards of" in words[0]
    assert "opened 1 scorecard and read words of 1 more of" in words[1]


@pytest.mark.parametrize("who", ["administrator", "chair"])
def test_owing_a_scorecard_the_trail_looks_the_same_whatever_others_did(panel, sign_in, who):
    """R3 beats every grant, in the trail too."""
    person = getattr(panel.people, who)
    build.interview(panel.application, person)
    address = LIST if who == "administrator" else of(panel.opening)
    client = sign_in(person)
    before = masked(client.get(address))
    first = handed_in(panel.mine)
    handed_in(panel.theirs, 3, 2, None)
    audit.record_reads(reader=panel.people.committee, objects=[first], scope=ReadEvent.Scope.WHOLE)
    open_debrief(
        application=panel.application, by=panel.people.chair, exception_reason="It can't wait."
    )

    debrief = panel.application.debriefs.get()
    set_panel_rating(debrief=debrief, by=panel.people.chair, area=panel.areas[0], rating=2)
    (cost,) = [one for one in panel.areas if one.slug == "cost"]
    hand_over(interview=panel.theirs, area=cost, by=panel.people.colleague)

    assert masked(client.get(address)) == before
    mine = panel.application.interviews.get(interviewer=person)
    handed_in(mine)
    assert masked(client.get(address)) != before


def test_the_candidate_sees_nothing_of_it(panel, sign_in):
    """R6, for an administrator who applied."""
    panel.application.candidate.user = panel.people.administrator
    panel.application.candidate.save(update_fields=["user"])
    handed_in(panel.mine)
    request_erasure(
        candidate=panel.application.candidate, by=panel.people.recruiter, reason="Asked for it."
    )

    assert sign_in(panel.people.administrator).get(LIST).context["lines"] == []


def test_queries_do_not_grow(panel, sign_in, django_assert_num_queries):
    client = sign_in(panel.people.chair)
    client.get(of(panel.opening))
    for interview, queries in ((panel.mine, 12), (panel.theirs, 12)):
        one = handed_in(interview)
        audit.record_reads(
            reader=panel.people.committee, objects=[one], scope=ReadEvent.Scope.WHOLE
        )
        with django_assert_num_queries(queries):
            client.get(of(panel.opening))


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "\x00"])
def test_a_page_that_is_none(people, sign_in, page):
    assert sign_in(people.administrator).get(LIST, {"page": page}).status_code == 200


def test_the_list_goes_on_over_pages(people, sign_in, django_assert_num_queries):
    for number in range(60):
        audit.record(actor=people.chair, verb="role.changed", obj=people.chair, reason=str(number))
    client = sign_in(people.administrator)

    assert len(client.get(LIST).context["lines"]) == 50
    assert len(client.get(LIST, {"page": 2}).context["lines"]) == 10


# Narrowed ------------------------------------------------------------------------------------


def test_every_event_can_be_narrowed_to():
    subjects = [subject for _, group in SUBJECTS.values() for subject in group]

    assert len(subjects) == len(set(subjects))
    assert {verb.partition(".")[0] for verb in WORDS} == set(subjects)


@pytest.fixture
def eventful(panel):
    """Three events, by an administrator, an interviewer and the command line."""
    add_grant(person=panel.people.outsider, kind="recruiter", by=panel.people.administrator)
    handed_in(panel.mine)
    with transaction.atomic():
        audit.record(actor=None, verb="question.published", obj=panel.questions[0].question)
    return panel


@pytest.mark.parametrize(
    "query, found",
    [
        ({}, ["question.published", "scorecard.submitted", "grant.added"]),
        ({"who": "INES"}, ["scorecard.submitted"]),
        ({"who": "command"}, ["question.published"]),
        ({"about": "people"}, ["grant.added"]),
        ({"about": "interviews", "who": "Ada"}, []),
        ({"since": "2020-01-01", "until": "2020-12-31"}, []),
        ({"since": "2020-01-01", "about": "bank"}, ["question.published"]),
        ({"page": "\x00"}, ["question.published", "scorecard.submitted", "grant.added"]),
    ],
)
def test_a_trail_is_narrowed(eventful, sign_in, query, found):
    page = sign_in(eventful.people.administrator).get(LIST, query)

    assert [event.verb for event in page.context["page"].object_list] == found
    assert ("Nothing like that" in page.content.decode()) == (not found)


def test_days_are_those_of_the_viewer(eventful, sign_in):
    """Where it is not the day that it is in UTC."""
    now = timezone.now()
    zones = ("Pacific/Kiritimati", "Pacific/Pago_Pago")  # 14 hours ahead and 11 behind
    zone = next(one for one in zones if now.astimezone(ZoneInfo(one)).date() != now.date())
    administrator = eventful.people.administrator
    administrator.time_zone = zone
    administrator.save(update_fields=["time_zone"])
    today = now.astimezone(ZoneInfo(zone)).date()
    client = sign_in(administrator)

    def seen(**days):
        return len(client.get(LIST, days).context["page"].object_list)

    assert seen(since=today, until=today) == 3
    assert seen(until=today - timedelta(days=1)) == seen(since=today + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    "query, said",
    [
        ({"since": "yesterday"}, "Enter a valid date."),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "The last day is before the first."),
        ({"about": "everything"}, "not one of the available choices"),
        ({"who": "a\x00b"}, "Null characters"),
    ],
)
def test_what_can_not_be_asked_says_so_and_the_rest_holds(eventful, sign_in, query, said):
    url = of(eventful.opening)
    for address, person in ((LIST, "administrator"), (url, "chair")):
        client = sign_in(getattr(eventful.people, person))
        page = client.get(address, {"who": "Ines", **query})
        assert page.status_code == 422
        assert said in page.content.decode() and 'role="alert"' in page.content.decode()
        if "who" not in query:
            events = page.context["page"].object_list
            assert [event.verb for event in events] == ["scorecard.submitted"]
