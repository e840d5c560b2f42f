"""Devices that save as the live client does: the same operation again until an answer names it."""

import http.client
import json
import random
import threading
import time
import uuid
from dataclasses import dataclass, field

PATIENCE = 20.0  # seconds for one answer
SHORTEST, LONGEST = 0.05, 1.0  # of the pause before trying again; the browser's, ten times faster
WORDS = [
    "paged",
    "שלום",
    "e\u0301",
    "👩🏽‍🔬",
    "rolled back",
    "p99",
    "\n",
    "“quoted”",
    "naïve",
    "\\",
]
RATINGS = [1, 2, 3, 4, "not_reached", "no_evidence", "not_applicable", None]
RECOMMENDATIONS = ["strong_no_hire", "no_hire", "hire", "strong_hire", "cannot_say", None]


@dataclass(frozen=True)
class Op:
    op: str
    field: str
    base: int
    value: object

    def on_the_wire(self) -> dict:
        return {"op": self.op, "field": self.field, "base": self.base, "value": self.value}


@dataclass
class Device:
    """`issued` is everything that left it, `told` what the server confirmed of it."""

    card: dict
    name: str
    session: str
    port: int
    chance: random.Random
    revs: dict[str, int] = field(default_factory=dict)
    issued: dict[str, Op] = field(default_factory=dict)
    told: dict[str, dict] = field(default_factory=dict)
    revision: int = 0
    again: int = 0
    faults: list[str] = field(default_factory=list)
    line: http.client.HTTPConnection | None = None

    def work(self, saves: int, saved, deadline: float) -> None:
        for _ in range(saves):
            if not self.save(deadline):
                break
            saved()
        self.hang_up()

    def save(self, deadline: float) -> bool:
        """One request, until it is confirmed. What is typed meanwhile goes with the next try."""
        batch = [self.write(name) for name in self.chance.sample(self.fields(), 2)]
        failures = 0
        while not self.confirmed(batch):
            if self.faults or time.monotonic() > deadline:
                self.faults.append(f"{self.name} gave up after {failures} tries")
                return False
            failures += 1
            self.again += 1
            ceiling = min(LONGEST, SHORTEST * 2**failures)
            time.sleep(self.chance.random() * ceiling)
            waiting = {one.field for one in batch}
            free = [name for name in self.fields() if name not in waiting]
            if len(batch) < 5 and self.chance.random() < 0.3:
                batch.append(self.write(self.chance.choice(free)))
        return True

    def fields(self) -> list[str]:
        kinds = ("rating", "evidence", "probes", "signals")
        questions = [f"{kind}:{one}" for kind in kinds for one in self.card["questions"]]
        return [*questions, "scratch", "summary", "recommendation"]

    def write(self, name: str) -> Op:
        made = Op(str(uuid.UUID(int=self.chance.getrandbits(128))), name, self.revs.get(name, 0), 0)
        made = Op(made.op, name, made.base, self.value(name.partition(":")[0], made.op))
        self.issued[made.op] = made
        return made

    def value(self, kind: str, op: str) -> object:
        if kind == "rating":
            return self.chance.choice(RATINGS)
        if kind == "recommendation":
            return self.chance.choice(RECOMMENDATIONS)
        if kind in ("probes", "signals"):
            items = ["how"] if kind == "probes" else ["named", "vague"]
            return sorted(self.chance.sample(items, self.chance.randint(0, len(items))))
        return " ".join([op, *self.chance.choices(WORDS, k=self.chance.randint(1, 150))])

    def confirmed(self, batch: list[Op]) -> bool:
        """Whether the answer is one, and names every operation."""
        answer = self.post([one.on_the_wire() for one in batch])
        if answer is None:
            return False
        results = {result["op"]: result for result in answer["results"]}
        for one in batch:
            if one.op not in results:
                return False
            self.hear(one, results[one.op])
        self.revision = max(self.revision, answer["revision"])
        return True

    def hear(self, one: Op, result: dict) -> None:
        self.told[one.op] = result
        self.revs[one.field] = max(result["rev"], self.revs.get(one.field, 0))
        if result["outcome"] == "rejected":
            self.faults.append(f"{one.field} was rejected: {result['message']}")

    def post(self, ops: list[dict]) -> dict | None:
        """The answer's body, or None where the same has to be tried again."""
        body = json.dumps({"v": 1, "device": self.name, "ops": ops}).encode()
        token = "t" * 32
        headers = {
            "Content-Type": "application/json",
            "Cookie": f"interviewbank_session={self.session}; interviewbank_csrf={token}",
            "X-CSRFToken": token,
        }
        try:
            if self.line is None:
                self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self.line.request("POST", f"/scorecards/{self.card['card']}/ops/", body, headers)
            answer = self.line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return None
        if answer.status == 200:
            return json.loads(content)
        if answer.status < 500:  # nothing that happens to a server may look like a refusal
            self.faults.append(f"{self.name} was answered {answer.status}: {content[:200]!r}")
        return None

    def hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None


class Crowd:
    """All of them at once; `done` counts confirmed saves."""

    def __init__(self, devices: list[Device], *, saves: int, seconds: float) -> None:
        self.devices = devices
        self.done = 0
        self._counting = threading.Lock()
        share, rest = divmod(saves, len(devices))
        deadline = time.monotonic() + seconds
        self.threads = [
            threading.Thread(
                target=device.work, args=[share + (place < rest), self._saved, deadline]
            )
            for place, device in enumerate(devices)
        ]

    def _saved(self) -> None:
        with self._counting:
            self.done += 1

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def at_work(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def join(self) -> None:
        for thread in self.threads:
            thread.join()
