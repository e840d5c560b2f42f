"""Where the files of a bank come from: a folder, or an archive that somebody sends."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from .problems import BadBank, Problem
from .yamltree import Unreadable

BYTES = 64 * 1024
TOTAL = 64 * 1024 * 1024
FILES = 20_000
KINDS = ("questions", "sets")
Opener = Callable[[int], bytes]


@dataclass
class Source:
    """Files by their names below the bank: "questions/<area>/<id>.yaml". An opener reads at most
    so many bytes. `where` is what people call the whole."""

    where: str
    files: Mapping[str, Opener]
    most: int = TOTAL
    read: int = field(default=0, init=False)

    def text(self, name: str) -> str:
        raw = self.files[name](BYTES + 1)
        self.read += len(raw)
        if self.read > self.most:
            limit = f"more than {self.most // 1024**2} MiB in all"
            raise BadBank([Problem(self.where, 0, limit)])
        if len(raw) > BYTES:
            raise Unreadable(0, f"larger than {BYTES // 1024} KiB")
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise Unreadable(line, "this is not UTF-8 text") from error


def folder(directory: Path) -> Source:
    if not directory.is_dir():
        raise BadBank([Problem(str(directory), 0, "there is no such folder")])
    files: dict[str, Opener] = {}
    for kind in KINDS:
        # Without following links, so that no folder is read twice, or for ever.
        for place, _, names in os.walk(directory / kind):
            for path in (Path(place) / name for name in names):
                files[path.relative_to(directory).as_posix()] = partial(_read, path)
    return Source(str(directory), files)


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise Unreadable(0, f"can't be read: {error.strerror}") from error
