"""The fixed cast, introduced once, and the panel that they sit on."""

from types import SimpleNamespace

import pytest
from django.db import connection
from xdist.scheduler import LoadScopeScheduling

from tests import build, sessions


class Together(LoadScopeScheduling):
    """What stays in one process where there are several: a file, whose rows may be built once; and
    everything in a browser, as two browsers at once would be slow enough to look broken."""

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        return "browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers():
    """Records refuse TRUNCATE; the flush after a live-server test is the one that may."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_as_replica(ops, sql_list):
        as_replica = "SET session_replication_role = replica"
        flush(ops, [as_replica, *sql_list, "SET session_replication_role = origin"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_as_replica)
        yield


@pytest.fixture
def people(db) -> SimpleNamespace:
    """One person of every kind. `outsider` holds nothing and sits on no panel."""
    return SimpleNamespace(
        administrator=build.user("Ada Minister", "administrator"),
        editor=build.user("Edith Queller", "question_editor"),
        recruiter=build.user("Rico Sourcer", "recruiter"),
        coordinator=build.user("Cora Scheduler"),
        committee=build.user("Carl Reader"),
        chair=build.user("Chiara Decider"),
        interviewer=build.user("Ines Asker"),
        colleague=build.user("Colin Asker"),
        outsider=build.user("Otto Nobody"),
    )


@pytest.fixture
def panel(people) -> SimpleNamespace:
    """One opening with two areas and one round of three questions; one candidate; `interviewer` and
    `colleague` are assigned and have not opened their scorecards."""
    production, cost = build.area("production"), build.area("cost")
    questions = [
        build.question("shipped", in_area=production),
        build.question("outage", in_area=production),
        build.question("price", in_area=cost),
    ]
    asked = build.question_set(*questions, name="Deep dive")
    opening = build.opening(
        asked,
        areas=[production, cost],
        title="Applied AI engineer",
        members=[
            (people.coordinator, "coordinator"),
            (people.committee, "committee"),
            (people.chair, "chair"),
        ],
    )
    application = build.application(opening, "Odalys Brambleworth")
    return SimpleNamespace(
        people=people,
        areas=[production, cost],
        questions=questions,
        set_version=asked,
        opening=opening,
        plan=opening.plans.get(),
        application=application,
        mine=build.interview(application, people.interviewer),
        theirs=build.interview(application, people.colleague),
    )


@pytest.fixture
def sign_in(client):
    """A client that is signed in as this person, who has just confirmed it."""

    def as_person(person):
        sessions.sign_in(client, person)
        return client

    return as_person
