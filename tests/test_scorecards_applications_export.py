"""The candidates as files: the rows and the order of the page; text that stays text."""

import csv
import io
import re
import zipfile
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from scorecards.models import Candidate
from scorecards.workflow.rollups import refresh_rollup
from tests import build, candidates
from tests.visit import visit

pytestmark = pytest.mark.django_db
CSV, XLSX = (reverse("application_export", args=[kind]) for kind in ("csv", "xlsx"))
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠1")
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def room(panel):
    panel.everybody = candidates.room(panel.opening)
    return panel


def lines(response) -> list[list[str]]:
    raw = b"".join(response.streaming_content)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def sheet(response) -> str:
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as book:
        return book.read(SHEET).decode()


def texts(xml: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<t[^>]*>([^<]*)</t>", xml)]


def test_csv_has_a_line_for_each_row(room, client):
    response = visit(client, room.people.chair, f"{CSV}?sort=score&q=quill")
    head, *found = lines(response)

    assert head[:7] == ["Candidate", "Opening", "Role", "Level", "Scorecards", "Cost", "Production"]
    assert [line[0] for line in found] == [
        f"{name} Quill" for name in ("Strong", "Solid", "Torn", "Weak", "Half", "Thin")
    ]
    by_name = {line[0].split()[0]: dict(zip(head, line, strict=True)) for line in found}
    torn, thin, half = by_name["Torn"], by_name["Thin"], by_name["Half"]
    assert (torn["Score"], torn["Likely range from"], torn["Spread"]) == ("2.5", "2.0", "3.0")
    assert (torn["Recommendation"], torn["Look here"]) == (
        "Leaning hire",
        "Disagreement: Cost, Production",
    )
    assert (torn["Waiting, hours"], torn["Waiting for"]) == ("0", "a decision")
    assert (thin["Cost"], thin["Score"], thin["Coverage"]) == ("Not assessed", "", "0.5")
    assert (half["Scorecards"], half["Recommendation"]) == ("1 of 2", "In progress")
    assert (half["Score"], half["Waiting for"]) == ("", "")


@pytest.mark.parametrize("query", ["flag=none", "tab=ready&sort=-score", "recommendation=pending"])
def test_files_have_exactly_the_rows_of_the_page(room, client, query):
    page = visit(client, room.people.chair, f"{reverse('application_list')}?{query}")
    shown = [str(row.application.candidate) for row in page.context["listing"].rows]
    assert shown

    assert [line[0] for line in lines(client.get(f"{CSV}?{query}"))][1:] == shown
    found = texts(sheet(client.get(f"{XLSX}?{query}")))
    assert [text for text in found if text in shown] == shown


def test_files_have_all_pages(room, client):
    for number in range(52):
        refresh_rollup(build.application(room.opening, f"More {number}"))

    assert len(lines(visit(client, room.people.chair, CSV))) == 1 + 59


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_text(panel, client, name):
    Candidate.objects.update(name=name)
    assert lines(visit(client, panel.people.chair, CSV))[1][0] == f"'{name}"

    xml = sheet(client.get(XLSX))
    assert "<f>" not in xml and 't="str"' not in xml
    assert name.strip() in [text.strip() for text in texts(xml)] or "_x000D_" in xml


def test_names_that_look_like_something_else_stay_as_they_are(panel, client):
    for name in ("https://example.com", "007", "O’Neil, “Nel”", 'A "B"\nC', "李 小龍"):
        Candidate.objects.update(name=name)
        assert lines(visit(client, panel.people.chair, CSV))[1][0] == name
        xml = sheet(client.get(XLSX))
        assert name in texts(xml) and "hyperlink" not in xml


def test_files_are_not_kept_and_are_named_by_the_day(panel, client):
    for url, kind in ((CSV, "text/csv; charset=utf-8"), (XLSX, "application/vnd.openxmlformats")):
        response = visit(client, panel.people.chair, url)
        name = f"candidates-{timezone.localdate():%Y-%m-%d}.{url.split('/')[-2]}"
        assert response["Content-Type"].startswith(kind)
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "no-store" in response["Cache-Control"]


def test_a_hidden_row_is_hidden_in_the_files(panel, client):
    build.submitted(panel.theirs, [1, 1, 1])
    refresh_rollup(panel.application)
    head, line = lines(visit(client, panel.people.interviewer, CSV))
    row = dict(zip(head, line, strict=True))

    assert (row["Cost"], row["Production"]) == ("Hidden until you submit",) * 2
    assert (row["Recommendation"], row["Score"], row["Scorecards"]) == ("In progress", "", "")
    assert "Hidden until you submit" in texts(sheet(client.get(XLSX)))


def test_a_coordinator_gets_no_assessment(room, client):
    _, *found = lines(visit(client, room.people.coordinator, f"{CSV}?q=torn"))

    assert [cell for cell in found[0][4:] if cell] == ["2 of 2", "0", "a decision"]


def test_who_sees_nobody_gets_the_head_alone(panel, client):
    assert len(lines(visit(client, panel.people.outsider, CSV))) == 1


def test_an_address_that_is_not_understood_gives_no_file(panel, client):
    response = visit(client, panel.people.chair, f"{CSV}?level=x", status=422)

    assert "Content-Disposition" not in response and b"needs a change" in response.content
    visit(client, None, reverse("application_export", args=["pdf"]), status=404)
