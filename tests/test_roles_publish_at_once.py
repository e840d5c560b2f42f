"""Two editors at the same moment, on two real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from roles.models import QuestionSetVersion
from roles.workflow import errors
from roles.workflow.questions import publish_draft, save_draft
from tests import build


def together(*acts) -> list[str]:
    """The name of what each came to, in alphabetical order."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            act()
        except errors.BankError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_one_draft_is_published_once(people):
    live = build.question("outage")
    asked = build.question_set(live).question_set
    save_draft(question=live.question, by=people.editor, minutes=9)

    def publish():
        publish_draft(question=live.question, by=people.editor, change="wording", sets=[asked])

    assert together(publish, publish, publish) == ["NoDraft", "NoDraft", "done"]
    assert live.question.versions.count() == 2
    assert asked.versions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_questions_of_the_same_sets_are_both_moved(people):
    first, second = build.question("outage"), build.question("price")
    sets = [build.question_set(first, second).question_set for _ in range(3)]
    for version in (first, second):
        save_draft(question=version.question, by=people.editor, minutes=9)

    def publish(version, order):
        return lambda: publish_draft(
            question=version.question, by=people.editor, change="wording", sets=order
        )

    assert together(publish(first, sets), publish(second, sets[::-1])) == ["done", "done"]
    for one in sets:
        newest = QuestionSetVersion.objects.filter(question_set=one).latest("number")
        assert newest.number == 3
        assert [item.question_version.number for item in newest.items.all()] == [2, 2]


@pytest.mark.django_db(transaction=True)
def test_two_first_drafts_become_one(people):
    live = build.question("outage")

    def save(minutes):
        return lambda: save_draft(question=live.question, by=people.editor, minutes=minutes)

    assert together(save(9), save(10)) == ["done", "done"]
    assert live.question.versions.count() == 2
