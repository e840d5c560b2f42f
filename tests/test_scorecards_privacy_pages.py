"""The administrators' page of who is kept: identity and dates, and nothing that was said."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import Event
from scorecards.models import Candidate, ErasureRequest, Opening
from tests import build, sessions

LIST = reverse("privacy_list")


@pytest.fixture(autouse=True)
def _own_ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


@pytest.fixture
def candidate(panel) -> Candidate:
    return panel.application.candidate


def at(name: str, candidate: Candidate) -> str:
    return reverse(name, args=[candidate.pk])


@pytest.mark.parametrize("words", ["bramble", "ODALYS.brambleworth@example.org"])
def test_a_candidate_is_found_by_name_or_e_mail(sign_in, panel, candidate, words):
    page = sign_in(panel.people.administrator).get(LIST, {"q": words}).content.decode()

    assert at("candidate_privacy", candidate) in page


@pytest.mark.parametrize(
    "words, status, said",
    [
        ("Nobody at all", 200, "Nobody is called"),
        ("xy", 422, "at least 3"),
        ("\x00abc", 422, "ull"),
    ],
)
def test_what_is_not_found_says_so(sign_in, panel, words, status, said):
    page = sign_in(panel.people.administrator).get(LIST, {"q": words})

    assert page.status_code == status
    assert said in page.content.decode()


def test_nothing_that_was_said_is_on_the_pages(sign_in, panel, candidate):
    build.submitted(panel.mine, [4, 1, 2], evidence="Heard in secret")
    client = sign_in(panel.people.administrator)
    for url in (LIST + "?q=bramble", at("candidate_privacy", candidate)):
        page = client.get(url).content.decode()
        assert "Heard in secret" not in page
        assert "Hire" not in page


def test_who_applied_does_not_find_themselves(sign_in, panel, candidate):
    candidate.user = panel.people.administrator
    candidate.save(update_fields=["user"])
    Opening.objects.update(state="closed", closed_at=timezone.now() - timedelta(days=3000))
    ErasureRequest.objects.create(candidate=candidate, reason="Asked for it.")
    client = sign_in(panel.people.administrator)

    assert "Brambleworth" not in client.get(LIST, {"q": "bramble"}).content.decode().replace(
        "bramble", ""
    )
    assert client.get(at("candidate_privacy", candidate)).status_code == 404


def test_two_administrators_erase(sign_in, panel, candidate):
    second = build.user("Bertil Minister", "administrator")
    client = sign_in(panel.people.administrator)
    client.post(at("erasure_request", candidate), {"reason": "They asked for it."})
    page = client.get(at("candidate_privacy", candidate)).content.decode()
    assert "They asked for it." in page
    assert "for good</button>" not in page
    client.post(at("candidate_erase", candidate))
    assert Candidate.objects.kept().exists()

    client = sign_in(second)
    assert "for good</button>" in client.get(at("candidate_privacy", candidate)).content.decode()
    response = client.post(at("candidate_erase", candidate), follow=True)
    assert "The candidate is erased." in response.content.decode()
    assert "Brambleworth" not in response.content.decode()


def test_an_erasure_that_cannot_be_noted_says_so_and_erases_nothing(
    sign_in, panel, candidate, settings
):
    ErasureRequest.objects.create(candidate=candidate, reason="Asked for it.")
    settings.ERASURE_LEDGER.mkdir()
    client = sign_in(panel.people.administrator)
    page = client.post(at("candidate_erase", candidate), follow=True).content.decode()

    assert "Nothing was erased: it can&#x27;t be noted outside the database" in page
    assert "Odalys Brambleworth" in page and "for good</button>" in page
    assert not Event.objects.exists()


def test_erasing_asks_who_it_is_first(client, panel, candidate):
    sessions.sign_in(client, panel.people.administrator, confirmed=False)
    ErasureRequest.objects.create(candidate=candidate, reason="Asked for it.")
    response = client.post(at("candidate_erase", candidate))

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert Candidate.objects.kept().exists()


def test_an_erasure_without_a_reason_is_refused_and_one_can_be_taken_back(
    sign_in, panel, candidate
):
    client = sign_in(panel.people.administrator)
    page = client.post(at("erasure_request", candidate), {"reason": " "})
    assert page.status_code == 422
    assert "Say why, for whoever approves it." in page.content.decode()
    client.post(at("erasure_request", candidate), {"reason": "They asked for it."})
    client.post(at("erasure_withdraw", candidate))

    assert not ErasureRequest.objects.exists()


def test_a_legal_hold_is_set_and_lifted(sign_in, panel, candidate):
    client = sign_in(panel.people.administrator)
    client.post(at("candidate_hold", candidate), {"reason": "A claim is open."})
    page = client.get(at("candidate_privacy", candidate)).content.decode()
    assert "there is a legal hold" in page
    assert "A claim is open." in page
    client.post(at("candidate_hold", candidate), {"reason": ""})

    candidate.refresh_from_db()
    assert candidate.legal_hold == ""


def test_who_is_erased_soon_is_listed(sign_in, panel, django_assert_num_queries):
    Opening.objects.update(
        state="closed", closed_at=timezone.now() - timedelta(days=170), retention="6_months"
    )
    client = sign_in(panel.people.administrator)
    assert "Odalys Brambleworth" in client.get(LIST).content.decode()
    for count in (1, 3):
        with django_assert_num_queries(8):
            assert len(client.get(LIST).context["kept"].due) == count
        for _ in range(2):
            build.application(panel.opening)
