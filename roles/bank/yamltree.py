"""YAML as a tree of text with line numbers.

Only the parser of PyYAML is used, none of its constructors: every scalar stays text, so that a
file can name no Python object and `no` is a word. Aliases, tags and deep nesting are refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

DEPTH = 6
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOTHING = ("", "~", "null")


class Unreadable(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Text:
    value: str
    line: int


@dataclass(frozen=True)
class Items:
    line: int
    values: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Mapping:
    line: int
    values: dict[str, "Node"] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Text | Items | Mapping


def read(text: str) -> Mapping:
    """The one document of a file, a mapping of keys to values."""
    try:
        return _document(_events(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"this is not YAML: {error.problem or error.context}"
        raise Unreadable(mark.line + 1 if mark else 0, message) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable(line, "there is a character that can't be stored") from error


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _events(text: str) -> Iterator[yaml.Event]:
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(line, "anchors and aliases (& and *) are not part of this form")
        if getattr(event, "tag", None):
            raise Unreadable(line, "tags (!) are not part of this form")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH:
                raise Unreadable(line, f"nested more than {DEPTH} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        yield event


def _document(events: Iterator[yaml.Event]) -> Mapping:
    root: Node | None = None
    for event in events:
        if not isinstance(event, yaml.NodeEvent):
            continue
        line = _line(event)
        if root is not None:
            raise Unreadable(line, "one file holds one document")
        root = _node(event, events)
    if not isinstance(root, Mapping) or not root.values:
        raise Unreadable(root.line if root else 0, "expected lines of “key: value”")
    return root


def _node(event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
    line = _line(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return Items(line, list(_until(yaml.SequenceEndEvent, events)))
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(line, events)
    if not isinstance(event, yaml.ScalarEvent):
        raise Unreadable(line, "this is not YAML")
    value = "" if event.style is None and event.value in NOTHING else event.value
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
        raise Unreadable(line, "there is a character that can't be stored")
    return Text(value, line)


def _until(end: type[yaml.Event], events: Iterator[yaml.Event]) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        yield _node(event, events)


def _mapping(line: int, events: Iterator[yaml.Event]) -> Mapping:
    made = Mapping(line)
    nodes = _until(yaml.MappingEndEvent, events)
    for key in nodes:
        if not isinstance(key, Text):
            raise Unreadable(key.line, "a key is a word")
        if key.value in made.values:
            raise Unreadable(key.line, f"“{key.value}” stands here a second time")
        made.values[key.value] = next(nodes)
        made.lines[key.value] = key.line
    return made
