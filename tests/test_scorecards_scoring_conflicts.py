"""Two versions of one field meet: both are shown, one choice is made, nothing is lost."""

import pytest

from tests.scoring_forms import device_of, filled_in, first_answer, live_page


@pytest.fixture
def live(panel, sign_in):
    return live_page(sign_in(panel.people.interviewer), panel.mine.scorecard)


@pytest.fixture
def elsewhere(panel):
    return device_of(panel)


@pytest.mark.parametrize("base", ["x", "-1", "9" * 40, "²", "\0"])
def test_a_revision_that_is_none_conflicts(panel, live, elsewhere, base):
    elsewhere("evidence", "Typed on the tablet.")

    response = live(data=filled_in(live(), evidence="Here.", base_evidence=base))

    assert response.status_code == 422
    assert first_answer(panel).evidence == "Typed on the tablet."


def test_what_was_changed_elsewhere_and_not_here_stays(panel, live, elsewhere):
    page = live()
    elsewhere("rating", 4)

    assert live(data=filled_in(page, evidence="Here.")).status_code == 302
    assert (first_answer(panel).rating, first_answer(panel).evidence) == (4, "Here.")


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        ("mine", "Typed here."),
        ("theirs", "Typed on the tablet."),
        ("both", "Typed on the tablet.\n\nTyped here."),
    ],
)
def test_two_versions_and_one_choice(panel, live, elsewhere, keep, kept):
    page = live()
    elsewhere("evidence", "Typed on the tablet.")
    conflict = live(data=filled_in(page, evidence="Typed here.", rating="3", go="next"))

    html = conflict.content.decode()
    assert conflict.status_code == 422
    assert 'data-testid="conflict"' in html
    assert 'data-state="conflict" data-testid="save-status"' in html
    assert "Typed here." in html
    assert "Typed on the tablet." in html
    assert (first_answer(panel).rating, first_answer(panel).evidence) == (3, "Typed on the tablet.")

    assert live(data=filled_in(conflict, keep_evidence=keep)).status_code == 302
    assert first_answer(panel).evidence == kept


def test_two_ratings_need_a_choice(panel, live, elsewhere):
    page = live()
    elsewhere("rating", 2)
    conflict = live(data=filled_in(page, rating="4"))
    assert "4 Outstanding" in conflict.content.decode()
    assert "2 Mixed" in conflict.content.decode()

    again = live(data=filled_in(conflict))
    assert again.status_code == 422
    assert first_answer(panel).rating == 2

    live(data=filled_in(again, keep_rating="mine"))
    assert first_answer(panel).rating == 4


def test_ticks_of_two_devices_are_joined(panel, live, elsewhere):
    page = live()
    elsewhere("signals", ["named"])

    conflict = live(data=filled_in(page, signals=["vague"]))
    live(data=filled_in(conflict))

    assert first_answer(panel).signals == ["named", "vague"]


def test_a_third_version_conflicts_again(panel, live, elsewhere):
    page = live()
    elsewhere("evidence", "Second.")
    conflict = live(data=filled_in(page, evidence="First."))
    elsewhere("evidence", "Third.", base=1)

    for keep in ("mine", "both"):
        again = live(data=filled_in(conflict, keep_evidence=keep))
        assert again.status_code == 422
        assert "Third." in again.content.decode()
        assert filled_in(again)["evidence"] == ["First."]
        assert first_answer(panel).evidence == "Third."


def test_a_refused_value_survives_a_conflict_beside_it(panel, live, elsewhere):
    page = live()
    elsewhere("rating", 2)
    text = "x" * 20_001

    conflict = live(data=filled_in(page, rating="4", evidence=text))
    refused = live(data=filled_in(conflict, keep_rating="theirs"))

    assert refused.status_code == 422
    assert filled_in(refused)["evidence"] == [text]
    assert filled_in(refused)["rating"] == ["2"]
