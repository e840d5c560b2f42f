"""From the text of a file to a document of the right shape, or one sentence why it is none."""

import json
import re
from typing import Any

from scorecards.packet.shape import PACKET, faults

_EMBEDDED = re.compile(
    r'<script type="application/json" id="packet">\n(.*?)</script>', flags=re.DOTALL
)


class NotAPacket(ValueError):
    """Why the file can't be checked, as a sentence."""


def embedded(page: str) -> str:
    """The document inside a downloaded page, as it stands there."""
    found = _EMBEDDED.findall(page)
    if len(found) != 1:
        raise NotAPacket("The page holds no packet, or more than one.")
    return str(found[0])


def read(text: str) -> dict[str, Any]:
    """The document; what JSON leaves to a reader's guess is a fault."""
    try:
        document = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        text.encode()
        json.dumps(document, ensure_ascii=False).encode()
    except RecursionError as error:
        raise NotAPacket("It is nested too deeply.") from error
    except ValueError as error:
        raise NotAPacket(f"It is no JSON in UTF-8: {error}") from error
    if wrong := next(faults(document, PACKET, ""), None):
        raise NotAPacket(f"It is no packet of this version: {wrong}.")
    return dict(document)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise ValueError("a key is there twice")
    return entries


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")
