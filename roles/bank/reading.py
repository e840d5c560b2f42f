"""From a folder of files to questions and sets, or to the list of all that is wrong with them."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from . import schema
from .fields import Fields
from .problems import BadBank, Problem
from .schema import QuestionText, SetText, Vocabulary
from .yamltree import Unreadable, read

BYTES = 64 * 1024
FILES = 20_000
Made = TypeVar("Made", QuestionText, SetText)


def read_bank(
    directory: Path, known: Vocabulary
) -> tuple[list[QuestionText], list[SetText], list[Problem]]:
    if not directory.is_dir():
        raise BadBank([Problem(str(directory), 0, "there is no such folder")])
    problems: list[Problem] = []
    files = {name: sorted(_files(directory, name, problems)) for name in ("questions", "sets")}
    count = sum(map(len, files.values()))
    if not count and not problems:
        raise BadBank([Problem(str(directory), 0, "there are no files in questions/ or sets/")])
    if count > FILES:
        raise BadBank([Problem(str(directory), 0, f"{count} files; at most {FILES} are read")])
    questions = _read(files["questions"], directory, schema.question, known, problems)
    sets = _read(files["sets"], directory, schema.question_set, known, problems)
    for made in questions:
        parts = Path(made.path).parts
        if made.area and (len(parts) != 3 or parts[1] != made.area):
            place = f"questions/{made.area}/"
            problems.append(Problem(made.path, 0, f"its area is “{made.area}”: move it to {place}"))
    for one in sets:
        if len(Path(one.path).parts) != 2:
            problems.append(Problem(one.path, 0, "move it to sets/"))
    _refuse_twice(questions, problems)
    _refuse_twice(sets, problems)
    return questions, sets, problems


def _files(directory: Path, name: str, problems: list[Problem]) -> Iterator[Path]:
    """Without following links, so that no folder is read twice, or for ever."""
    for folder, _, names in os.walk(directory / name):
        for found in (Path(folder) / one for one in names):
            if found.suffix == ".yaml":
                yield found
            elif found.suffix == ".yml":
                problems.append(Problem(_shown(found, directory), 0, "name it .yaml"))


def _read(
    paths: list[Path],
    directory: Path,
    make: Callable[[Fields, Vocabulary], Made],
    known: Vocabulary,
    problems: list[Problem],
) -> list[Made]:
    found = []
    for path in paths:
        shown = _shown(path, directory)
        try:
            fields = Fields(read(_text(path)), shown, problems)
        except Unreadable as error:
            problems.append(Problem(shown, error.line, str(error)))
            continue
        made = make(fields, known)
        if made.slug and made.slug != path.stem:
            fields.wrong(f"the id is “{made.slug}”: name the file {made.slug}.yaml", "id")
        found.append(made)
    return found


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(BYTES + 1)
    except OSError as error:
        raise Unreadable(0, f"can't be read: {error.strerror}") from error
    if len(raw) > BYTES:
        raise Unreadable(0, f"larger than {BYTES // 1024} KiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, "this is not UTF-8 text") from error


def _refuse_twice(made: list[Made], problems: list[Problem]) -> None:
    counts = Counter(one.slug for one in made if one.slug)
    first: dict[str, str] = {}
    for one in made:
        if counts[one.slug] > 1 and first.setdefault(one.slug, one.path) != one.path:
            message = f"the id “{one.slug}” is taken by {first[one.slug]}"
            problems.append(Problem(one.path, one.line, message))


def _shown(path: Path, directory: Path) -> str:
    """A name that is no text is spelt so that it can be printed."""
    name = path.relative_to(directory).as_posix()
    return name.encode("utf-8", "backslashreplace").decode()
