"""Candidates from a file: every bad line is named, and nothing is half-imported."""

from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interviewbank.audit.models import Event
from scorecards.forms.candidate_lines import NotText, decoded, read_lines
from scorecards.models import Application, Candidate
from scorecards.workflow.candidate_import import import_candidates
from scorecards.workflow.interviews import AlreadyCandidate
from tests import build
from tests.visit import visit

pytestmark = pytest.mark.django_db
read = partial(read_lines, known={"known@example.org"}, own="cora@example.com")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("head", [[], ["Name", "E-mail", "Accommodations"]])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_read(separator, head, end):
    rows = [head, ["Bao Winterberry", "bao@example.org", "Captions"], [], ["Cleo T", "c@d.org", ""]]
    lines = read(end.join(separator.join(row) for row in rows if row or not head))
    assert [line.values for line in lines.good] == [
        {"name": "Bao Winterberry", "email": "bao@example.org", "accommodations": "Captions"},
        {"name": "Cleo T", "email": "c@d.org", "accommodations": ""},
    ]
    assert (lines.ready, lines.bad) == (True, [])


def test_read_columns_in_another_order_and_quotes():
    lines = read('E-Mail,Phone,Full name\nbao@example.org,12,"Winterberry, Bao"\n')
    (line,) = lines.good
    assert (line.number, line.values["name"]) == (2, "Winterberry, Bao")
    assert lines.unused == ["Phone"]


def test_read_names_each_bad_line_with_its_reason():
    text = (
        "Bao,bao@example.org\n"
        "Nobody,nowhere\n"
        ",empty@example.org\n"
        '"Two\nlines",two@example.org\n'
        "Again,BAO@example.org\n"
        "Known,Known@example.org\n"
        "Cora,cora@example.com\n"
        "Many,many@example.org,a,b\n"
    )
    lines = read(text)
    assert [(line.number, line.faults) for line in lines.bad] == [
        (2, ["E-mail: enter a valid email address"]),
        (3, ["Name: this field is required"]),
        (6, ["the same e-mail as line 1"]),
        (7, ["a candidate of this opening already"]),
        (8, ["you can't plan your own interviews"]),
        (9, ["4 columns, and 3 are read"]),
    ]
    assert [line.number for line in lines.good] == [1, 4]
    assert not lines.ready


@pytest.mark.parametrize(
    "text, fault",
    [
        ("", "There is no line with a candidate."),
        ("name,email\n", "There is no line with a candidate."),
        ('"Bao,bao@example.org', "This is not CSV text: unexpected end of data."),
        ("A,a@b.org\n" * 501, "501 lines. Import at most 500 at a time."),
    ],
)
def test_read_nothing_of_it(text, fault):
    assert read(text).fault == fault


def test_decoded():
    assert decoded("\ufeffÁgnes".encode()) == "Ágnes"
    with pytest.raises(NotText, match="Line 2 is not UTF-8"):
        decoded(b"A,a@b.org\n\xc1gnes,c@d.org")
    with pytest.raises(NotText, match="UTF-16"):
        decoded("Ágnes".encode("utf-16"))


# Pages


@pytest.fixture
def page(client, panel):
    visit(client, panel.people.coordinator, reverse("candidate_import", args=[panel.opening.pk]))

    def posted(data, status=200):
        return visit(
            client, None, reverse("candidate_import", args=[panel.opening.pk]), data, status
        )

    return posted


def upload(text, name="people.csv"):
    raw = text if isinstance(text, bytes) else text.encode()
    return {"file": SimpleUploadedFile(name, raw)}


def names():
    return sorted(Candidate.objects.values_list("name", flat=True))


def test_a_file_is_shown_and_then_imported(panel, page):
    text = (
        "Name;E-mail;Needs\r\nÁgnes Fern;agnes@example.org;\r\nBao Rowan;bao@example.org;Breaks\r\n"
    )
    shown = page(upload("\ufeff" + text))
    assert b"2 candidates would be added" in shown.content
    assert names() == ["Odalys Brambleworth"]
    page(shown.context["form"].initial, 302)
    assert names() == ["Bao Rowan", "Odalys Brambleworth", "Ágnes Fern"]
    added = Application.objects.exclude(pk=panel.application.pk)
    assert {one.rollup.outcome for one in added} == {"insufficient_evidence"}
    assert [event.verb for event in Event.objects.all()] == ["application.created"] * 2


def test_one_bad_line_refuses_all_and_the_text_stays(panel, page):
    response = page({"text": "Bao,bao@example.org\nNobody,<nowhere>\n"}, 422)
    text = response.content.decode()
    assert "Line 2, Nobody: E-mail: enter a valid email address." in text
    assert "Nobody,&lt;nowhere&gt;" in text
    assert "Nobody was added" in text
    assert names() == ["Odalys Brambleworth"]


def test_what_was_changed_after_the_preview_is_shown_again(panel, page):
    shown = page({"text": "Bao,bao@example.org"})
    seen = shown.context["form"].initial["seen"]
    page({"text": "Bao,bao@example.org\nCleo,cleo@example.org", "seen": seen})
    assert names() == ["Odalys Brambleworth"]
    page({"text": "Bao,bao@example.org", "seen": seen}, 302)
    assert names() == ["Bao", "Odalys Brambleworth"]


def test_a_candidate_of_the_opening_is_named_and_one_elsewhere_is_not(panel, page):
    """R9: an address that another opening knows looks like any other."""
    build.application(build.opening(areas=panel.areas), "Bao Rowan")
    fresh = page({"text": "Bao Rowan,bao.rowan@example.com"}).content
    known = page({"text": "Bao Rowan,bao.rowan@example.org"}).content
    assert b"1 candidate would be added" in known
    assert len(fresh) == len(known)
    mine = page({"text": f"Odalys,{panel.application.candidate.email.upper()}"}, 422).content
    assert b"a candidate of this opening already" in mine


@pytest.mark.parametrize(
    "data, field",
    [
        ({}, "__all__"),
        ({"text": "  \n "}, "__all__"),
        ({"text": "a\0b"}, "text"),
        (upload(b"A,\xff@b.org"), "file"),
        (upload(b"A\0,a@b.org"), "file"),
        (upload("x" * (256 * 1024 + 1)), "file"),
    ],
)
def test_errors(page, data, field):
    assert list(page(data, 422).context["form"].errors) == [field]


def test_all_or_nobody_when_one_came_in_meanwhile(panel):
    people = [
        {"name": "Bao", "email": "bao@example.org", "accommodations": ""},
        {"name": "Odalys", "email": panel.application.candidate.email, "accommodations": ""},
    ]
    with pytest.raises(AlreadyCandidate, match=r"odalys\.brambleworth@example\.org: This person"):
        import_candidates(opening=panel.opening, by=panel.people.coordinator, people=people)
    assert names() == ["Odalys Brambleworth"]
    assert not Event.objects.exists()


def test_strangers(panel, client):
    people, url = panel.people, reverse("candidate_import", args=[panel.opening.pk])
    visit(client, people.chair, url, {"text": "A,a@b.org"}, 403)
    visit(client, people.outsider, url, {"text": "A,a@b.org"}, 404)
    panel.opening.state = "on_hold"
    panel.opening.save(update_fields=["state"])
    visit(client, people.coordinator, url, status=403)
