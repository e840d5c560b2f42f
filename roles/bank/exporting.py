"""Writes the files of the bank into a folder, all of them or none: what was there stays until the
new ones are complete."""

import os
import tempfile
from collections import Counter
from pathlib import Path

from .reading import SAY_AFTER, Note
from .sources import KINDS
from .writing import MARKER, CantExport, export_files

NAMED = 3


def export_bank(directory: Path, note: Note = lambda words: None) -> Counter[str]:
    """How many questions, and how many sets, were written. `note` is told how far it is."""
    _refuse(directory)
    files = export_files()
    directory.mkdir(parents=True, exist_ok=True)
    # In the folder itself: only within one file system is moving a folder one step.
    with tempfile.TemporaryDirectory(prefix=".export-", dir=directory) as made:
        new = Path(made, "new")
        for kind in KINDS:
            (new / kind).mkdir(parents=True)
        for number, (name, content) in enumerate(files.items(), 1):
            path = new / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            if number % SAY_AFTER == 0:
                note(f"{number:,} of {len(files):,} files written")
        _exchange(directory, new, Path(made, "old"))
    return Counter(name.partition("/")[0] for name in files if name != MARKER)


def _exchange(directory: Path, new: Path, old: Path) -> None:
    """Whatever goes wrong on the way, what stood there before stands there again."""
    old.mkdir()
    moved: list[str] = []
    try:
        for name in (*KINDS, MARKER):
            if (directory / name).exists():
                os.rename(directory / name, old / name)
            moved.append(name)
            os.rename(new / name, directory / name)
    except BaseException:
        for name in reversed(moved):
            if (directory / name).exists():
                os.rename(directory / name, new / name)
            if (old / name).exists():
                os.rename(old / name, directory / name)
        raise


def _refuse(directory: Path) -> None:
    """Only an empty folder, or one that an export wrote, is written to; nobody's file is lost."""
    if directory.exists() and not directory.is_dir():
        raise CantExport(f"{directory} is a file; name a folder")
    if not directory.is_dir() or not (there := sorted(os.listdir(directory))):
        return
    if MARKER not in there:
        raise CantExport(
            f"{directory} holds other files ({_few(there)}); name an empty folder, "
            f"or one that holds an export ({MARKER} is in it)"
        )
    others = [str(path.relative_to(directory)) for path in _others(directory)]
    if others:
        raise CantExport(
            f"an export would remove what is not of the bank: {_few(sorted(others))}; "
            f"move it out of {directory}"
        )


def _others(directory: Path) -> list[Path]:
    """What lies in questions/ and sets/ and is no file of a question or a set."""
    found = []
    for kind in KINDS:
        depth = 2 if kind == "questions" else 1
        if (directory / kind).is_symlink():
            found.append(directory / kind)
        for place, folders, names in os.walk(directory / kind):
            paths = [Path(place, name) for name in (*folders, *names)]
            found += [path for path in paths if not _of_the_bank(path, directory / kind, depth)]
    return found


def _of_the_bank(path: Path, top: Path, depth: int) -> bool:
    level = len(path.relative_to(top).parts)
    if path.is_symlink() or level > depth:
        return False
    return path.is_dir() if level < depth else path.is_file() and path.suffix == ".yaml"


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return f"{shown} and {len(names) - NAMED} more" if len(names) > NAMED else shown
