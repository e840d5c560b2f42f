"""python -m tests.torture.load: plays interviewers, in a process apart from who they are a load on.

Reads a job as JSON: `interviewers` that save every `every` seconds for `seconds`, or, with an
`every` of 0, each again as soon as it is answered. Writes what it saw as JSON.
"""

import asyncio
import json
import random
import sys
import time
import uuid
from dataclasses import dataclass, field

from .proxy import BROKEN, message

TOKEN = "t" * 32
# gunicorn hangs up after two seconds; whoever stands before it knows that and connects anew.
KEPT = 1.5
PATIENCE = 20
BEGIN_AT_ONCE = 8


def request(address: str, session: str, body: bytes) -> bytes:
    head = [
        f"POST {address} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept: application/json",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        f"Cookie: interviewbank_session={session}; interviewbank_csrf={TOKEN}",
        f"X-CSRFToken: {TOKEN}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def save(card: dict, op: str, base: int, text: str) -> bytes:
    name = f"evidence:{card['questions'][0]}"
    sent = {"op": op, "field": name, "base": base, "value": text}
    body = json.dumps({"v": 1, "device": "load", "ops": [sent]}).encode()
    return request(f"/scorecards/{card['card']}/ops/", card["sessions"][0], body)


@dataclass
class Lines:
    """Connections to the server, as many as are in use at once."""

    port: int
    idle: list = field(default_factory=list)

    async def ask(self, raw: bytes) -> tuple[bytes, bytes]:
        while self.idle:
            reader, writer, since = self.idle.pop()
            if time.monotonic() - since < KEPT:
                break
            writer.close()
        else:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(raw)
            answer = await message(reader)
        except BROKEN:
            writer.close()
            raise
        self.idle.append((reader, writer, time.monotonic()))
        return answer


@dataclass
class Seen:
    first: list[float] = field(default_factory=list)  # seconds of a scorecard's first save
    took: list[float] = field(default_factory=list)  # seconds of the others, from when it was due
    lasted: float = 0.0
    again: int = 0
    told: list[str] = field(default_factory=list)


@dataclass
class Interviewer:
    card: dict
    lines: Lines
    seen: Seen
    rev: int = 0

    async def begin(self, turns: asyncio.Semaphore) -> None:
        """The first save notes the session and opens the scorecard: a dozen statements more."""
        async with turns:
            began = time.monotonic()
            await self.save()
            self.seen.first.append(time.monotonic() - began)

    async def go_on(self, began: float, every: float, seconds: float) -> None:
        due = began + random.random() * (every or 0.1)
        while due < began + seconds:
            await asyncio.sleep(due - time.monotonic())
            await self.save()
            now = time.monotonic()
            self.seen.took.append(now - due)
            due = due + every if every else now

    async def save(self) -> None:
        op = str(uuid.uuid4())
        text = f"{self.rev} " + "What was said, in some words. " * (self.rev % 50)
        raw = save(self.card, op, self.rev, text)
        while (answer := await self.confirmed(raw)) is None:
            self.seen.again += 1
            await asyncio.sleep(random.random() * 0.5)
        (result,) = answer["results"]
        assert (result["op"], result["outcome"]) == (op, "applied"), result
        self.rev = result["rev"]
        self.seen.told.append(op)

    async def confirmed(self, raw: bytes) -> dict | None:
        try:
            head, body = await asyncio.wait_for(self.lines.ask(raw), PATIENCE)
        except (*BROKEN, TimeoutError):
            return None
        return json.loads(body) if head.startswith(b"HTTP/1.1 200") else None


async def play(job: dict) -> Seen:
    seen, lines = Seen(), Lines(job["port"])
    cards = job["cards"][: job["interviewers"]]
    people = [Interviewer(card, lines, seen) for card in cards]
    turns = asyncio.Semaphore(BEGIN_AT_ONCE)
    await asyncio.gather(*(one.begin(turns) for one in people))
    began = time.monotonic()
    await asyncio.gather(*(one.go_on(began, job["every"], job["seconds"]) for one in people))
    seen.lasted = time.monotonic() - began
    return seen


if __name__ == "__main__":
    json.dump(vars(asyncio.run(play(json.load(sys.stdin)))), sys.stdout)
