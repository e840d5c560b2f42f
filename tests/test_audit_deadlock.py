"""The chain is the last lock: who holds it waits for nobody who stands in its queue."""

from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Application, Interview
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(work) -> Thread:
    """`work` in a transaction of its own connection."""

    def run():
        try:
            with transaction.atomic():
                work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_assigning_beside_a_submission_ends_well(panel):
    """One writes a row that names the application, and is about to take the chain; the other holds
    the application and waits for the chain."""
    written, locked = Signal(), Signal()
    newcomer = build.user("Nora New")

    def assign():
        Interview.objects.create(
            application=panel.application,
            round=panel.mine.round,
            interviewer=newcomer,
            starts_at=panel.mine.starts_at,
            minutes=60,
        )
        written.set()
        locked.wait(10)
        trail.record(actor=newcomer, verb="interview.assigned", obj=panel.application)

    def submit():
        written.wait(10)
        Application.objects.select_for_update().get(pk=panel.application.pk)
        locked.set()
        trail.record(actor=panel.people.colleague, verb="scorecard.submitted", obj=panel.mine)

    threads = [in_a_thread(assign), in_a_thread(submit)]
    for thread in threads:
        thread.join(20)

    verbs = set(trail.Event.objects.values_list("verb", flat=True))
    assert verbs == {"interview.assigned", "scorecard.submitted"}


def test_changing_ones_own_account_beside_ones_own_event_ends_well(panel):
    """One holds the actor's row and waits for the chain; the other, with the same actor, has it."""
    held, recorded = Signal(), Signal()
    actor = panel.people.chair

    def change():
        User.objects.select_for_update().get(pk=actor.pk)
        held.set()
        recorded.wait(1)
        trail.record(actor=actor, verb="account.changed", obj=actor)

    def other():
        held.wait(10)
        trail.record(actor=actor, verb="decision.recorded", obj=panel.application)
        recorded.set()

    threads = [in_a_thread(change), in_a_thread(other)]
    for thread in threads:
        thread.join(20)

    verbs = set(trail.Event.objects.values_list("verb", flat=True))
    assert verbs == {"account.changed", "decision.recorded"}
