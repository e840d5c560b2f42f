"""From files to questions and sets, or to the list of all that is wrong with them."""

from collections import Counter
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeVar

from . import schema
from .fields import Fields
from .problems import BadBank, Problem
from .schema import QuestionText, SetText, Vocabulary
from .sources import FILES, KINDS, Source
from .yamltree import Unreadable, read

SAY_AFTER = 1_000
Made = TypeVar("Made", QuestionText, SetText)
Note = Callable[[str], None]


def read_bank(
    source: Source, known: Vocabulary, note: Note = lambda words: None
) -> tuple[list[QuestionText], list[SetText], list[Problem]]:
    """`note` is told how far it is."""
    problems: list[Problem] = []
    files = {kind: _names(source, kind, problems) for kind in KINDS}
    count = sum(map(len, files.values()))
    if not count and not problems:
        raise BadBank([Problem(source.where, 0, "there are no files in questions/ or sets/")])
    if count > FILES:
        raise BadBank([Problem(source.where, 0, f"{count} files; at most {FILES} are read")])
    questions = _read(files["questions"], source, schema.question, known, problems, note)
    sets = _read(files["sets"], source, schema.question_set, known, problems, note)
    for made in questions:
        parts = PurePosixPath(made.path).parts
        if made.area and (len(parts) != 3 or parts[1] != made.area):
            place = f"questions/{made.area}/"
            problems.append(Problem(made.path, 0, f"its area is “{made.area}”: move it to {place}"))
    for one in sets:
        if len(PurePosixPath(one.path).parts) != 2:
            problems.append(Problem(one.path, 0, "move it to sets/"))
    _refuse_twice(questions, problems)
    _refuse_twice(sets, problems)
    return questions, sets, problems


def _names(source: Source, kind: str, problems: list[Problem]) -> list[str]:
    """What else lies beside them is left alone."""
    below = [PurePosixPath(name) for name in source.files if name.startswith(f"{kind}/")]
    problems += [
        Problem(shown(str(path)), 0, "name it .yaml") for path in below if path.suffix == ".yml"
    ]
    return [str(path) for path in sorted(below) if path.suffix == ".yaml"]


def _read(
    names: list[str],
    source: Source,
    make: Callable[[Fields, Vocabulary], Made],
    known: Vocabulary,
    problems: list[Problem],
    note: Note,
) -> list[Made]:
    found = []
    for number, name in enumerate(names, 1):
        if number % SAY_AFTER == 0:
            note(f"{number:,} of {len(names):,} files read")
        try:
            fields = Fields(read(source.text(name)), shown(name), problems)
        except Unreadable as error:
            problems.append(Problem(shown(name), error.line, str(error)))
            continue
        made = make(fields, known)
        stem = PurePosixPath(name).stem
        if made.slug and made.slug != stem:
            fields.wrong(f"the id is “{made.slug}”: name the file {made.slug}.yaml", "id")
        found.append(made)
    return found


def _refuse_twice(made: list[Made], problems: list[Problem]) -> None:
    counts = Counter(one.slug for one in made if one.slug)
    first: dict[str, str] = {}
    for one in made:
        if counts[one.slug] > 1 and first.setdefault(one.slug, one.path) != one.path:
            message = f"the id “{one.slug}” is taken by {first[one.slug]}"
            problems.append(Problem(one.path, one.line, message))


def shown(name: str) -> str:
    """A name that is no text is spelt so that it can be printed."""
    return name.encode("utf-8", "backslashreplace").decode()
