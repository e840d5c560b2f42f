"""One document, one way to write it down, one digest."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FORMAT = "interviewbank decision packet"
VERSION = 1

# Inside a page's <script> these would end it, or look as if; in JSON they may be escaped anywhere.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def canonical(document: Mapping[str, Any]) -> str:
    """The one text of a document: sorted keys, one value a line, indented by one space, UTF-8 as
    it is but for `<`, `>` and `&`, a line break at the end."""
    text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    for plain, escape in _ESCAPES.items():
        text = text.replace(plain, escape)
    return text + "\n"


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text in which the digest itself is empty."""
    return hashlib.sha256(canonical({**document, "digest": ""}).encode()).hexdigest()


def sealed(decision: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """The document: what was decided, what it rested on, and the digest over both."""
    document = {"format": FORMAT, "version": VERSION, "decision": decision, "record": record}
    return {**document, "digest": digest_of(document)}


def submission_digest(salt: str, content: object) -> str:
    """As at submit: SHA-256 over the salt and the compact JSON of what was handed in."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((salt + text).encode()).hexdigest()
