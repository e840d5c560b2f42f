"""The sealed packet of a decision: one document that holds all it rested on, and how to check it.

The standard library and the roll-up only: a packet is made and verified without a database, and
without Django. docs/packet.md says what a check can prove and what it can't.
"""

from scorecards.packet.canonical import FORMAT, VERSION, canonical, digest_of, sealed
from scorecards.packet.checks import Difference, first_difference
from scorecards.packet.figures import result_of
from scorecards.packet.reading import NotAPacket, embedded, read
from scorecards.packet.rules import MIN_RATIONALE, departs, owing

__all__ = [
    "FORMAT",
    "MIN_RATIONALE",
    "VERSION",
    "Difference",
    "NotAPacket",
    "canonical",
    "departs",
    "digest_of",
    "embedded",
    "first_difference",
    "owing",
    "read",
    "result_of",
    "sealed",
]
