"""Takes one mapping apart, key by key, and notes every fault instead of stopping at the first."""

import re
from collections.abc import Collection

from roles.limits import SLUG

from .plain import plain
from .problems import Problem
from .yamltree import Items, Mapping, Node, Text

NUMBER = re.compile(r"[0-9]{1,4}")


class Fields:
    def __init__(self, node: Mapping, path: str, problems: list[Problem]) -> None:
        self.node = node
        self.path = path
        self.problems = problems
        self.asked: set[str] = set()

    def wrong(self, message: str, key: str = "") -> None:
        line = self.node.lines.get(key, self.node.line)
        self.problems.append(Problem(self.path, line, message))

    def text(self, key: str, longest: int, *, required: bool = True) -> str:
        node = self._get(key, required)
        if node is None:
            return ""
        if not isinstance(node, Text):
            self.wrong(f"{key}: expected text", key)
            return ""
        value = plain(node.value)
        if required and not value:
            self.wrong(f"{key} is empty", key)
        if len(value) > longest:
            self.wrong(f"{key}: {len(value)} characters, at most {longest} fit", key)
        return value

    def slug(self, key: str, longest: int = 60) -> str:
        value = self.text(key, longest)
        if value and not SLUG.fullmatch(value):
            self.wrong(f"{key}: “{value}” is not an id (small letters, digits, hyphens)", key)
        return value

    def choice(self, key: str, allowed: Collection[str], *, default: str = "") -> str:
        value = self.text(key, 60, required=not default) or default
        if value and value not in allowed:
            self.wrong(f"{key}: “{value}” is not one of {', '.join(allowed)}", key)
        return value

    def number(self, key: str, lowest: int, highest: int) -> int:
        value = self.text(key, 20)
        if value and not (NUMBER.fullmatch(value) and lowest <= int(value) <= highest):
            self.wrong(f"{key}: “{value}” is not a number from {lowest} to {highest}", key)
            return lowest
        return int(value or lowest)

    def flag(self, key: str) -> bool | None:
        """None where the file does not say."""
        value = self.text(key, 60, required=False)
        if value and value not in ("true", "false"):
            self.wrong(f"{key}: “{value}” is not one of true, false", key)
        return value == "true" if value else None

    def words(
        self,
        key: str,
        *,
        most: int,
        longest: int = 60,
        allowed: Collection[str] | None = None,
        required: bool = True,
    ) -> list[str]:
        """A list of single words, each once, in the order of the file."""
        found: list[str] = []
        for node in self._items(key, most, required):
            value = node.value.strip() if isinstance(node, Text) else ""
            if not value or len(value) > longest:
                self._at(node, f"{key}: expected text of 1 to {longest} characters")
            elif allowed is not None and value not in allowed:
                self._at(node, f"{key}: “{value}” is not one of {', '.join(allowed)}")
            elif value in found:
                self._at(node, f"{key}: “{value}” stands here a second time")
            else:
                found.append(value)
        if required and key in self.node.values and not found:
            self.wrong(f"{key} is empty", key)
        return found

    def parts(self, key: str, most: int, *, required: bool = True) -> list["Fields"]:
        """A list of mappings."""
        found = []
        for node in self._items(key, most, required):
            if isinstance(node, Mapping):
                found.append(Fields(node, self.path, self.problems))
            else:
                self._at(node, f"{key}: expected lines of “key: value”")
        return found

    def part(self, key: str) -> "Fields | None":
        node = self._get(key, required=True)
        if isinstance(node, Mapping):
            return Fields(node, self.path, self.problems)
        if node is not None:
            self.wrong(f"{key}: expected lines of “key: value”", key)
        return None

    def done(self) -> None:
        """Whatever was not asked for is a mistake, such as a misspelt key."""
        for key in self.node.values:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                self.wrong(f"unknown key “{key[:40]}”; known here: {known}", key)

    def _at(self, node: Node, message: str) -> None:
        self.problems.append(Problem(self.path, node.line, message))

    def _get(self, key: str, required: bool) -> Node | None:
        self.asked.add(key)
        node = self.node.values.get(key)
        if node is None and required:
            self.wrong(f"{key} is missing")
        return node

    def _items(self, key: str, most: int, required: bool) -> list[Node]:
        node = self._get(key, required)
        if node is None or (isinstance(node, Text) and not node.value):
            return []
        if not isinstance(node, Items):
            self.wrong(f"{key}: expected a list", key)
            return []
        if len(node.values) > most:
            self.wrong(f"{key}: {len(node.values)} entries, at most {most} fit", key)
        return node.values[:most]
