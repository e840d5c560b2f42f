"""Whether the trail is whole: the first event that was changed, removed or put elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Event
from .trail import digest_of


@dataclass(frozen=True)
class Head:
    """The newest event. Noted outside the database, it tells later whether the end was cut off."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """From the form that `str` gives; ValueError for any other."""
        number, _, digest = text.strip().partition(":")
        if not (number.isascii() and number.isdecimal() and len(digest) == 64):
            raise ValueError(text)
        return cls(int(number), digest)


NOTHING = Head(0, "")


class Broken(Exception):
    """Its text names the first event that is wrong, and how."""


def verify(events: Iterable[Event], *, noted: Head | None = None) -> Head:
    """Follow the chain from event 1; `noted` is a head that it must pass through.

    It finds what somebody changed without making all later digests anew. Whoever can write to the
    table can do that too, so only a head that was noted elsewhere shows it.
    """
    head = NOTHING
    met = noted is None or noted.number == 0
    for event in events:
        if event.number != head.number + 1:
            raise Broken(f"Event {head.number + 1} is missing.")
        if event.digest != digest_of(event):
            raise Broken(f"Event {event.number} was changed after it was written.")
        if event.previous != head.digest:
            raise Broken(f"Event {event.number} does not follow event {head.number}.")
        head = Head(event.number, event.digest)
        if noted and noted.number == head.number:
            if noted != head:
                raise Broken(f"Event {head.number} is not the one that was noted as the head.")
            met = True
    if not met:
        raise Broken(f"Event {head.number + 1} is missing: the noted head is later.")
    return head
