"""Texts as the text form has them, so that the same words compare equal wherever they come from."""

from typing import Any


def plain(value: Any) -> Any:
    """Without space around it, with one kind of line ends; lists and mappings all through."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value
