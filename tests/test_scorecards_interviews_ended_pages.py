"""Saying that an interview did not take place or was moved, in pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from scorecards.models import Interview
from tests import build

pytestmark = pytest.mark.django_db


def url(name: str, interview: Interview) -> str:
    return reverse(f"interview_{name}", args=[interview.pk])


@pytest.fixture
def mine(panel) -> Interview:
    """Tomorrow, at a place."""
    Interview.objects.filter(pk=panel.mine.pk).update(
        starts_at=timezone.now() + timedelta(days=1), location="Room Heron"
    )
    panel.mine.refresh_from_db()
    return panel.mine


def page_of(sign_in, person, name: str, interview: Interview) -> str:
    return sign_in(person).get(url(name, interview)).content.decode()


def test_a_cancelled_one_asks_nothing(panel, mine, sign_in):
    Interview.objects.filter(pk=mine.pk).update(
        state="cancelled", state_changed_at=timezone.now(), state_reason="The coordinator's words"
    )

    html = page_of(sign_in, panel.people.interviewer, "prepare", mine)

    assert "This interview was cancelled." in html
    assert "coordinator&#x27;s words" not in html
    assert "Open scorecard" not in html
    assert "Did you not meet?" not in html


def test_not_there_and_back(panel, mine, sign_in):
    build.answered(mine, [3, None, None], evidence="Said a lot of things.")
    client = sign_in(panel.people.interviewer)

    page = client.post(
        url("not_there", mine), {"missing": "me", "note": "Ill."}, follow=True
    ).content.decode()
    assert "you owe no scorecard" in page
    assert "The interviewer was not there. Ill." in page
    assert "Nobody else can read it" in page
    assert "Said a lot of things." in page

    page = client.post(url("took_place", mine), follow=True).content.decode()
    assert "The interview counts again" in page
    assert "Open scorecard" in page
    page = client.post(url("took_place", mine), follow=True).content.decode()
    assert "This interview is planned as it was." in page


def test_moved(panel, mine, sign_in):
    page = sign_in(panel.people.interviewer).post(url("moved", mine), {}, follow=True)

    assert "You said that it was moved." in page.content.decode()
    mine.refresh_from_db()
    assert (mine.state, mine.state_reason) == ("moved", "")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("not_there", {}),
        ("not_there", {"missing": "somebody"}),
        ("not_there", {"missing": "me", "note": "x" * 461}),
        ("not_there", {"missing": "me", "note": "a\0b"}),
        ("moved", {"note": "x" * 461}),
    ],
)
def test_what_does_not_fit_comes_back(panel, mine, sign_in, name, data):
    response = sign_in(panel.people.interviewer).post(url(name, mine), data)

    assert response.status_code == 422
    html = response.content.decode()
    assert "1 thing needs a change." in html
    assert html.count('<details class="ib-more" open>') == 1
    if "note" in data and "\0" not in data["note"]:
        assert data["note"] in html
    assert Interview.objects.get(pk=mine.pk).state == "planned"


def test_the_longest_note_fits(panel, mine, sign_in):
    data = {"missing": "me", "note": "x" * 460}
    assert sign_in(panel.people.interviewer).post(url("not_there", mine), data).status_code == 302


def test_plan_again_is_filled_in(panel, mine, sign_in):
    sign_in(panel.people.interviewer).post(url("moved", mine), {"note": "On Friday."})

    client = sign_in(panel.people.coordinator)
    page = client.get(reverse("application_detail", args=[panel.application.pk])).content.decode()
    again = (
        reverse("interview_new", args=[panel.application.pk])
        + f"?round={mine.round_id}&amp;interviewer={mine.interviewer_id}"
    )
    assert "On Friday." in page
    assert f'href="{again}"' in page

    form = client.get(again.replace("&amp;", "&")).context["form"]
    assert form["round"].value() == mine.round_id
    assert form["interviewer"].value() == [mine.interviewer_id]
    assert client.get(again.split("?")[0] + "?round=x&interviewer=\0").status_code == 200


def test_only_who_plans_reads_the_reason(panel, mine, sign_in):
    sign_in(panel.people.interviewer).post(url("moved", mine), {"note": "On Friday."})

    page = sign_in(panel.people.committee).get(
        reverse("application_detail", args=[panel.application.pk])
    )

    assert "Moved" in page.content.decode()
    assert "On Friday." not in page.content.decode()
