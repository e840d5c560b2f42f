"""The files of a bank in one zip, as the pages give and take it.

What comes in is never unpacked onto a disk. Names and sizes in it are somebody's claims: each is
checked, and each file is read up to a limit, whatever it says of itself.
"""

import io
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from functools import partial

from .problems import BadBank, Problem
from .reading import shown
from .sources import FILES, KINDS, Opener, Source
from .yamltree import Unreadable

BYTES = 1024 * 1024
UNPACKED = 16 * 1024 * 1024
WHERE = "the archive"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
UTF8, LOCKED = 0x800, 0x1
# What zipfile raises where bytes make no sense to it; a seek before the beginning is a ValueError.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ARCHIVES = re.compile(r"\.(zip|tar|tgz|gz|bz2|xz|zst|7z|rar|jar)$", re.IGNORECASE)


def pack(files: dict[str, bytes]) -> bytes:
    """The same files make the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.create_system = 3  # Unix, wherever it is made
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return packed.getvalue()


def unpack(raw: bytes) -> Source:
    if len(raw) > BYTES:
        raise BadBank([Problem(WHERE, 0, f"larger than {BYTES // 1024**2} MiB")])
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except DAMAGED as error:
        raise BadBank([Problem(WHERE, 0, "this is not a zip file, or it is damaged")]) from error
    entries = archive.infolist()
    if len(entries) > FILES:
        raise BadBank([Problem(WHERE, 0, f"{len(entries)} files; at most {FILES} are read")])
    faults = [
        Problem(shown(one.filename), 0, fault)
        for one in entries
        for fault in [_fault(one)]
        if fault
    ]
    counts = Counter(one.filename for one in entries)
    faults += [
        Problem(shown(name), 0, "stands in the archive twice")
        for name, count in counts.items()
        if count > 1
    ]
    if faults:
        raise BadBank(faults)
    files = {one.filename: one for one in entries if not one.is_dir()}
    top = _top(files)
    openers: dict[str, Opener] = {
        name.removeprefix(top): partial(_read, archive, one) for name, one in files.items()
    }
    return Source(WHERE, openers, UNPACKED)


def _fault(entry: zipfile.ZipInfo) -> str:
    """Nothing, where the entry is a plain file or a folder inside the archive."""
    name = entry.filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    parts = name.removesuffix("/").split("/")
    checks = (
        (not name.isascii() and not entry.flag_bits & UTF8, "its name is not UTF-8 text"),
        (any(part in ("", ".", "..") for part in parts), "its name leads out of the archive"),
        (
            "\\" in name or ":" in name or not name.isprintable(),
            "a name has no backslashes, colons or invisible characters",
        ),
        (kind not in (0, stat.S_IFREG, stat.S_IFDIR), "is a link or a device, not a file"),
        (entry.flag_bits & LOCKED, "is locked with a password"),
        (entry.compress_type not in METHODS, "is packed in a way that is not read: use plain zip"),
        (ARCHIVES.search(name), "is an archive inside the archive"),
    )
    return next((message for wrong, message in checks if wrong), "")


def _top(names: Iterable[str]) -> str:
    """Who packs a folder, rather than what is in it, has its name before all others."""
    first = {name.partition("/")[0] for name in names if not name.startswith("__MACOSX/")}
    top = first.pop() if len(first) == 1 else ""
    return f"{top}/" if top and top not in KINDS else ""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(entry) as file:
            return file.read(most)
    except DAMAGED as error:
        raise Unreadable(0, "is damaged in the archive") from error
