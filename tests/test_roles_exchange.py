"""The bank as a zip file, downloaded and uploaded in the pages."""

import io
import re
import stat
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import Event
from roles.bank import BadBank, export_files, import_files
from roles.bank.archive import BYTES, pack, unpack
from roles.forms.exchange import seal
from roles.models import Question, QuestionVersion
from tests import bank, build
from tests.forms import filled_in

URL = "/questions/import/"


@pytest.fixture
def files(people, tmp_path) -> dict[str, bytes]:
    """A bank that was never imported, by the names of its files."""
    build.area("production")
    build.area("cost")
    build.role("applied")
    return of(bank.whole(tmp_path))


def of(directory) -> dict[str, bytes]:
    paths = (path for path in directory.rglob("*.yaml"))
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}


def upload(raw: bytes, name: str = "bank.zip") -> dict:
    return {"archive": SimpleUploadedFile(name, raw)}


def confirm(client, page):
    return client.post(URL, filled_in(page, URL))


def zipped(*entries: tuple[str, bytes], **attributes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            for key, value in attributes.items():
                setattr(info, key, value)
            archive.writestr(info, content)
    return packed.getvalue()


# out


def test_export_is_the_files_in_one(sign_in, people, files):
    client = sign_in(people.editor)
    confirm(client, client.post(URL, upload(pack(files))))
    response = sign_in(people.recruiter).get(reverse("bank_export"))
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == (
        f'attachment; filename="question-bank-{timezone.localdate()}.zip"'
    )
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == export_files()
        assert archive.testzip() is None
    assert client.get(reverse("bank_export")).content == response.content


def test_an_exported_file_changes_nothing(sign_in, people, files):
    client = sign_in(people.editor)
    confirm(client, client.post(URL, upload(pack(files))))
    raw = client.get(reverse("bank_export")).content
    page = client.post(URL, upload(raw))
    assert page.status_code == 200
    assert b"The import would change nothing" in page.content
    assert b"Import and publish" not in page.content


def test_export_with_an_id_that_is_no_name_of_a_file(sign_in, people):
    Question.objects.filter(pk=build.question().question_id).update(slug="../up")
    response = sign_in(people.editor).get(reverse("bank_export"), follow=True)
    assert response.redirect_chain == [("/questions/", 302)]
    assert b"can&#x27;t be exported" in response.content


# in


def test_import_is_shown_first_and_then_done(sign_in, people, files):
    client = sign_in(people.editor)
    assert b"Choose the file" in client.get(URL).content
    page = client.post(URL, upload(pack(files)))
    text = page.content.decode()
    assert page.status_code == 200
    assert "What the import would change" in text
    assert re.findall(r'<th scope="row">(\w[\w ]*)</th><td class="num">(\d+)</td>', text) == [
        ("New", "2"),
        ("New version", "0"),
        ("Changed", "0"),
        ("Unchanged", "0"),
    ]
    assert "outage, Production" in text
    assert not Question.objects.exists()
    done = confirm(client, page)
    assert (done.status_code, done["Location"]) == (302, "/questions/")
    assert b"Imported: 2 new questions, 1 new question set." in client.get("/questions/").content
    assert set(Question.objects.values_list("owner", flat=True)) == {people.editor.pk}
    assert QuestionVersion.objects.filter(author=people.editor).count() == 2
    event = Event.objects.get(verb="bank.imported")
    assert (event.actor, event.fields) == (people.editor, ["question_sets", "questions"])


def test_import_shows_each_change(sign_in, people, files, tmp_path):
    client = sign_in(people.editor)
    confirm(client, client.post(URL, upload(pack(files))))
    changes = {"at 3.": "at three.", "[numbers]": "[figures]", "title": "retired: true\ntitle"}
    bank.question(tmp_path, "outage", **changes)
    bank.question_set(tmp_path, **{"A first talk": "A second talk"})
    page = client.post(URL, upload(pack(of(tmp_path))))
    text = page.content.decode()
    assert "Version 2. Meaning: a new history begins. Level 3, solid, Tags, State" in text
    assert "<del>3</del>" in text and "<ins>three</ins>" in text
    assert "<del>numbers</del>" in text and "<ins>figures</ins>" in text
    assert "<ins>retired</ins>" in text
    assert "New version. Name, Questions" in text
    assert not Question.objects.filter(retired_at__isnull=False).exists()
    confirm(client, page)
    assert b"Imported: 1 changed question, 1 changed question set." in client.get(URL).content
    assert Question.objects.get(slug="outage").retired_at


def test_import_shows_a_few_in_full_and_names_the_others(sign_in, people, files, tmp_path):
    for number in range(52):
        bank.question(tmp_path, f"more-{number}")
    client = sign_in(people.editor)
    confirm(client, client.post(URL, upload(pack(of(tmp_path)))))
    for number in range(52):
        bank.question(tmp_path, f"more-{number}", **{"minutes: 8": "minutes: 9"})
    text = client.post(URL, upload(pack(of(tmp_path)))).content.decode()
    assert text.count("Version 2. Meaning: a new history begins. Minutes") == 52
    assert text.count('<td data-v="In the file">') == 50


def test_import_when_the_bank_moved_in_between(sign_in, people, files, tmp_path):
    client = sign_in(people.editor)
    confirm(client, client.post(URL, upload(pack(files))))
    bank.question(tmp_path, "outage", **{"at 3.": "at three."})
    page = client.post(URL, upload(pack(of(tmp_path))))
    build.version(Question.objects.get(slug="outage"), number=2, anchor_3="Meanwhile.")
    again = confirm(client, page)
    assert again.status_code == 422
    assert b"The bank changed after you looked." in again.content
    assert b"<del>Meanwhile" in again.content
    assert QuestionVersion.objects.filter(question__slug="outage").count() == 2
    assert confirm(client, again).status_code == 302
    assert QuestionVersion.objects.get(number=3).anchor_3 == "Says what one hears at three."


def test_import_when_somebody_began_a_draft_in_between(sign_in, people, files, tmp_path):
    client = sign_in(people.editor)
    confirm(client, client.post(URL, upload(pack(files))))
    bank.question(tmp_path, "outage", **{"at 3.": "at three."})
    page = client.post(URL, upload(pack(of(tmp_path))))
    question = Question.objects.get(slug="outage")
    build.version(question, number=2, published=False, author=people.editor)
    again = confirm(client, page)
    assert again.status_code == 422
    assert "“outage” has a draft of Edith Queller that is not published" in again.content.decode()


def test_import_with_faults_names_file_and_line(sign_in, people, files, tmp_path):
    bank.question(tmp_path, "outage", **{"minutes: 8": "minutes: 0"})
    response = sign_in(people.editor).post(URL, upload(pack(of(tmp_path))))
    text = response.content.decode()
    assert response.status_code == 422
    assert "1 fault in the file." in text
    assert (
        '<th scope="row">questions/production/outage.yaml</th><td class="num" data-l="Line">8<'
        in text
    )
    assert "minutes: “0” is not a number from 1 to 60" in text
    assert not Question.objects.exists()


def test_import_with_many_faults_shows_some(sign_in, people, files, tmp_path):
    for number in range(60):
        bank.question(tmp_path, f"q-{number}", **{"minutes: 8\n": ""})
    text = sign_in(people.editor).post(URL, upload(pack(of(tmp_path)))).content.decode()
    assert "60 faults in the file." in text
    assert text.count("minutes is missing") == 50
    assert "And 10 more." in text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose a file."),
        (upload(b""), "The submitted file is empty."),
        (upload(b"x" * (BYTES + 1)), "The file is larger than 1 MiB."),
        (upload(b"PK", "x" * 250 + ".zip"), "at most 200 characters"),
        (upload(b"no zip"), "this is not a zip file, or it is damaged"),
        ({"sealed": "forged:1:2"}, "out of date"),
        ({"sealed": "a\0b"}, "out of date"),
        ({"sealed": "é:é:é"}, "out of date"),
        ({"sealed": "x" * 2_000_000}, "out of date"),
    ],
)
def test_import_of_what_is_no_archive(sign_in, people, data, said):
    for file in data.values():
        if hasattr(file, "seek"):
            file.seek(0)
    response = sign_in(people.editor).post(URL, data)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_what_was_shown_to_one_is_not_imported_by_another(sign_in, people, files):
    other = build.user("Enid Other", "question_editor")
    page = sign_in(people.editor).post(URL, upload(pack(files)))
    response = confirm(sign_in(other), page)
    assert response.status_code == 422
    assert b"out of date" in response.content
    assert not Question.objects.exists()


def test_a_sealed_archive_is_read_as_carefully(sign_in, people):
    raw = zipped(("../up.yaml", b"id: up"))
    sealed = seal(raw, seen="x", by=people.editor)
    response = sign_in(people.editor).post(URL, {"sealed": sealed})
    assert response.status_code == 422
    assert b"leads out of the archive" in response.content


def test_what_was_shown_long_ago_is_out_of_date(sign_in, people, files, monkeypatch):
    page = sign_in(people.editor).post(URL, upload(pack(files)))
    later = timezone.now().timestamp() + 13 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    response = sign_in(people.editor).post(URL, filled_in(page, URL))
    assert b"out of date" in response.content
    assert not Question.objects.exists()


@pytest.mark.parametrize("name", ["bank_import", "bank_export"])
def test_who_may(client, sign_in, people, name):
    url = reverse(name)
    assert client.get(url)["Location"] == f"/sign-in/?next={url}"
    for person in (people.outsider, people.chair, people.administrator):
        assert sign_in(person).get(url).status_code == 403
        assert sign_in(person).post(url).status_code in (403, 405)
    assert sign_in(people.editor).get(url).status_code == 200
    expected = 200 if name == "bank_export" else 403
    assert sign_in(people.recruiter).get(url).status_code == expected


# the archive

YAML = b"id: x\n"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (zipped(("../sets/x.yaml", YAML)), "../sets/x.yaml: its name leads out of the archive"),
        (zipped(("sets/../x.yaml", YAML)), "sets/../x.yaml: its name leads out of the archive"),
        (zipped(("/sets/x.yaml", YAML)), "/sets/x.yaml: its name leads out of the archive"),
        (zipped(("sets//x.yaml", YAML)), "sets//x.yaml: its name leads out of the archive"),
        (zipped(("sets\\x.yaml", YAML)), "sets\\x.yaml: a name has no backslashes, colons or"),
        (zipped(("C:/sets/x.yaml", YAML)), "C:/sets/x.yaml: a name has no backslashes, colons or"),
        (zipped(("sets/\u202ex.yaml", YAML)), "sets/\u202ex.yaml: a name has no backslashes"),
        (
            zipped(("sets/x.yaml", b"/etc/passwd"), external_attr=(stat.S_IFLNK | 0o777) << 16),
            "sets/x.yaml: is a link or a device",
        ),
        (
            zipped(("sets/x.yaml", YAML), external_attr=stat.S_IFIFO << 16),
            "sets/x.yaml: is a link or a device",
        ),
        (zipped(("sets/x.zip", YAML)), "sets/x.zip: is an archive inside the archive"),
        (zipped(("more.TAR", YAML)), "more.TAR: is an archive inside the archive"),
        (
            zipped(("sets/x.yaml", YAML), compress_type=zipfile.ZIP_LZMA),
            "sets/x.yaml: is packed in a way that is not read",
        ),
        (b"x" * (BYTES + 1), "the archive: larger than 1 MiB"),
        (b"x", "the archive: this is not a zip file, or it is damaged"),
    ],
)
def test_archive_that_is_refused(raw, fault):
    with pytest.raises(BadBank) as caught:
        unpack(raw)
    assert str(caught.value).startswith(fault)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archive_with_a_name_twice():
    with pytest.raises(BadBank, match=r"^sets/x.yaml: stands in the archive twice$"):
        unpack(zipped(("sets/x.yaml", YAML), ("sets/x.yaml", YAML)))


def test_archive_with_a_name_of_another_encoding():
    raw = zipped(("sets/é.yaml", YAML)).replace("é".encode(), b"\x82\x83")
    plain = raw.replace(b"\x00\x08", b"\x00\x00")  # the bit that says UTF-8
    with pytest.raises(BadBank, match="its name is not UTF-8 text"):
        unpack(plain)
    with pytest.raises(BadBank, match="not a zip file, or it is damaged"):
        unpack(raw)


def test_archive_that_is_locked():
    raw = bytearray(zipped(("sets/x.yaml", YAML)))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(BadBank, match="is locked with a password"):
        unpack(bytes(raw))


def test_archive_that_grows(people):
    """One file may hold 64 KiB, and all of them 16 MiB, whatever they say of themselves."""
    one = pack({"sets/x.yaml": b"#" * 1_000_000})
    assert len(one) < 2_000
    with pytest.raises(BadBank, match=r"^sets/x.yaml: larger than 64 KiB$"):
        import_of(one)
    many = pack({f"sets/x-{n}.yaml": b"#" * 64_000 for n in range(300)})
    with pytest.raises(BadBank, match=r"^the archive: more than 16 MiB in all$"):
        import_of(many)


def import_of(raw: bytes):
    return import_files(unpack(raw), dry_run=True)


def test_archive_with_a_damaged_file(people):
    raw = bytearray(zipped(("sets/x.yaml", YAML)))
    raw[raw.index(b"id: x")] = 0
    with pytest.raises(BadBank, match=r"^sets/x.yaml: is damaged in the archive$"):
        import_of(bytes(raw))


def test_archive_of_a_folder_rather_than_what_is_in_it(files):
    inside = {f"our-bank/{name}": content for name, content in files.items()}
    packed = pack({**inside, "__MACOSX/our-bank/._x": b"", "our-bank/README.md": b"Ours"})
    assert import_of(packed).counts() == ({"new": 2}, {"new": 1})
    assert import_of(pack({**files, "README.md": b"Ours"})).counts() == ({"new": 2}, {"new": 1})


def test_packing_the_same_files_makes_the_same_bytes(files):
    assert pack(files) == pack(dict(reversed(files.items())))
