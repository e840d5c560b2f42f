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


@pytest.mark.parametrize(
    "text",
    [
        "Winterberry, Bao;bao@example.org\nTan, Cleo;c@d.org\n",
        "sep=;\nName;E-mail\nWinterberry, Bao;bao@example.org\nTan, Cleo;c@d.org\n",
        "Candidate name;E-mail\nWinterberry, Bao;bao@example.org\nTan, Cleo;c@d.org\n",
    ],
)
def test_read_with_the_separator_that_leaves_addresses_whole(text):
    lines = read(text)
    assert [line.values["name"] for line in lines.good] == ["Winterberry, Bao", "Tan, Cleo"]
    assert lines.ready


def test_read_a_head_of_other_words():
    fault = read("Who,Where\nBao,bao@example.org\nCleo,c@d.org\n").fault
    assert fault == (
        "Line 1 has no e-mail address. If it names the columns, call two of them “Name” and "
        "“E-mail”: it says “Who”, “Where”."
    )
    # One line of many without an address is a bad line as any other.
    assert [line.number for line in read("Bao,nowhere\nCleo,nothing\nD,d@e.org\n").bad] == [1, 2]
    assert read("name,email\nBao,nowhere\nCleo,c@d.org\n").fault == ""


def test_a_name_is_one_line_of_what_can_be_seen():
    lines = read('"Bao\n Winter\u202eberry\x07\ufeff",bao@example.org\nعلی\u200cرضا,a@b.org\n')
    assert [line.values["name"] for line in lines.good] == ["Bao Winterberry", "علی\u200cرضا"]
    assert [line.faults for line in read("\u202e\x07,bao@example.org\n").bad] == [
        ["Name: this field is required"]
    ]


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
        (
            'A,a@b.org\n"Bao,bao@example.org\nC,c@d.org',
            "Line 2 can't be read: a quotation mark opens here and is never closed.",
        ),
        (
            f'"{"x" * 140_000}",a@b.org',
            "Line 1 can't be read: a cell is longer than any candidate's can be.",
        ),
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
    for excel in (b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"):
        with pytest.raises(NotText, match="a file of Excel"):
            decoded(excel)


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
