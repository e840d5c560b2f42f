"""What is shipped about roles: whole, loadable, and each fact on a page."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from roles.models import (
    EvaluationArea,
    LevelExpectation,
    Principle,
    Role,
    Skill,
    TitleAlias,
    WorkItem,
    WorkItemRole,
)
from roles.summaries import finder
from roles.summaries.work import load_work
from tests import build
from tests.finder_jobs import FIXTURES, shipped_catalogue
from tests.role_pages import text
from tests.visit import visit

pytestmark = pytest.mark.django_db
FILES = [FIXTURES / f"{name}.yaml" for name in ("roles", "areas", "profiles", "work")]
MODELS = (TitleAlias, WorkItem, WorkItemRole, Skill, LevelExpectation, Principle)


@pytest.fixture
def shipped(db):
    call_command("loaddata", *FILES, verbosity=0)


def test_shipped_content_loads_and_loads_again(shipped):
    counts = [model.objects.count() for model in MODELS]
    call_command("loaddata", *FILES, verbosity=0)

    assert [model.objects.count() for model in MODELS] == counts
    assert all(counts)


def test_shipped_content_is_whole(shipped):
    for role in Role.objects.all():
        assert role.aliases.exists(), role
        assert role.skills.count() >= 4, role
        general = role.expectations.filter(area=None)
        assert {one.level for one in general} == {"junior", "senior"}, role
        assert role.work_pointers.filter(strength=3).exists(), role
    assert not WorkItem.objects.filter(pointers=None).exists()
    assert set(Skill.objects.values_list("trend", flat=True)) == {
        "core",
        "growing",
        "underspecified",
    }
    senior = LevelExpectation.objects.filter(role__slug="ai-engineer", level="senior")
    assert senior.exclude(area=None).count() == EvaluationArea.objects.count()


def test_database_and_files_hold_the_same_catalogue(shipped):
    assert load_work().catalogue == shipped_catalogue()


def test_every_fact_shows_on_a_page(shipped, client, people):
    """Each row of work.yaml is read by somebody."""
    pages = [reverse("role_list"), reverse("role_compare"), reverse("role_finder")]
    pages += [reverse("role_detail", args=[slug]) for slug in load_work().roles]
    seen = " ".join(text(visit(client, people.outsider, page)) for page in pages)
    seen = seen.replace("&#x27;", "'").replace("&amp;", "&")

    said = [one.title for one in TitleAlias.objects.all()]
    said += [words for one in WorkItem.objects.all() for words in (one.statement, one.contains)]
    said += [words for one in Skill.objects.all() for words in (one.name, one.examples, one.note)]
    said += [one.text for one in LevelExpectation.objects.all()]
    said += [words for one in Principle.objects.all() for words in (one.title, one.body)]
    assert [words for words in said if words not in seen] == []


def test_typical_work_of_every_title_leads_to_one_of_its_roles(shipped):
    work = load_work()
    for title in {one.title for one in TitleAlias.objects.all()} | {
        role.name for role in work.roles.values()
    }:
        hint = finder.hint(work, f"Senior {title.upper()}", [], "")
        answer = finder.found(work, hint.typical).answer
        families = {work.catalogue.title_of(role.slug) for role in hint.roles}
        assert answer.title in families, title


# natural keys and constraints


def test_natural_keys_find_their_rows(shipped):
    for model in MODELS:
        for row in model.objects.all()[:60]:
            assert model.objects.get_by_natural_key(*row.natural_key()) == row


def test_role_has_one_expectation_for_a_level(db):
    role = build.role()
    role.expectations.create(level="junior", text="Ships.")
    with pytest.raises(IntegrityError, match="roles_expectation_once"), transaction.atomic():
        role.expectations.create(level="junior", text="Ships twice.")


def test_points_are_one_to_three(db):
    item = WorkItem.objects.create(slug="much", statement="Much", kind="core")
    with pytest.raises(IntegrityError, match="roles_workrole_strength"), transaction.atomic():
        item.pointers.create(role=build.role(), strength=4)
