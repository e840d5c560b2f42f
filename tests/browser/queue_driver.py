"""Drives the live page's queue alone, in an empty page, against answers of the test."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, Route

OPS, STATE = "/test/ops/", "/test/state/"
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
USER, CARD = "user-1", "card-1"
NOTES, RATING = "evidence:q1", "rating:q1"

SETUP = """
async ({ user, card, ops, state, known }) => {
  const load = (name) => import(`/static/live/${name}.js`);
  const { openStore } = await load("store");
  const { Api } = await load("api");
  const { Queue } = await load("queue");
  const { lineOf } = await load("status");
  window.store = await openStore();
  window.arrived = [];
  window.queue = new Queue({
    api: new Api({
      opsUrl: ops, stateUrl: state, todayUrl: "/today/", csrf: "old", device: "test",
    }),
    store, user, card, known,
    changed: () => {},
    arrived: (field) => window.arrived.push(field),
    random: () => 1,
  });
  window.line = () => lineOf(window.queue, () => "14:02");
  await window.queue.hold();
}
"""


def applied(op: dict) -> dict:
    return {"op": op["op"], "outcome": "applied", "rev": op["base"] + 1}


def rejected(op: dict) -> dict:
    return {"op": op["op"], "outcome": "rejected", "rev": 0, "code": "nul", "message": "No NUL."}


def conflict(current: object, rev: int = 7) -> Callable[[dict], dict]:
    return lambda op: {"op": op["op"], "outcome": "conflict", "rev": rev, "current": current}


def state_of(answers: dict | None = None, **more) -> dict:
    return {
        "v": 1,
        "revision": 1,
        "state": "draft",
        "user": USER,
        "csrf": "new",
        "answers": answers or {},
        **more,
    }


@dataclass
class Driver:
    """`answers` are those of the next requests, after which all is applied."""

    page: Page
    requests: list[list[dict]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    answers: list[object] = field(default_factory=list)
    today: str = f'<form data-sign-out="{USER}"></form>'
    state: dict | int = field(default_factory=state_of)
    held: list[Route] = field(default_factory=list)

    def stop_the_clock(self) -> "Driver":
        self.page.clock.install(time=NOON)
        self.page.clock.pause_at(NOON + timedelta(seconds=1))
        return self

    def pass_time(self, milliseconds: int) -> None:
        self.page.clock.run_for(milliseconds)

    def start(self, *, user: str = USER, card: str = CARD, known: dict | None = None) -> "Driver":
        self.page.goto("/")
        self.page.evaluate(
            SETUP,
            {"user": user, "card": card, "ops": OPS, "state": STATE, "known": known or {}},
        )
        return self

    def listen(self) -> "Driver":
        self.page.route(f"**{OPS}", self.answer_ops)
        self.page.route(f"**{STATE}", self.answer_state)
        self.page.route("**/today/", lambda route: route.fulfill(body=self.today))
        return self

    def answer_ops(self, route: Route) -> None:
        self.requests.append(route.request.post_data_json["ops"])
        self.tokens.append(route.request.headers["x-csrftoken"])
        answer = self.answers.pop(0) if self.answers else applied
        if answer == "hold":
            self.held.append(route)
        elif answer == "abort":
            route.abort()
        elif isinstance(answer, dict):
            route.fulfill(**answer)
        elif isinstance(answer, int):
            route.fulfill(status=answer, json={"error": "because"})
        else:
            ops = self.requests[-1]
            route.fulfill(json={"v": 1, "revision": 1, "results": [answer(op) for op in ops]})

    def answer_state(self, route: Route) -> None:
        if isinstance(self.state, int):
            route.fulfill(status=self.state, json={"error": "because"})
        else:
            route.fulfill(json=self.state)

    def release(self, answer: Callable[[dict], dict] = applied) -> None:
        route = self.held.pop(0)
        ops = route.request.post_data_json["ops"]
        route.fulfill(json={"v": 1, "revision": 1, "results": [answer(op) for op in ops]})

    def edit(self, name: str, value: object, **pace: int) -> None:
        self.page.evaluate("([f, v, p]) => queue.edit(f, v, p)", [name, value, pace])

    def type(self, value: str, name: str = NOTES) -> None:
        self.edit(name, value, rest=800, most=3000)

    def sent(self, count: int) -> list[list[dict]]:
        """The requests, once there are so many and the last answer was taken."""
        self.wait(lambda: len(self.requests) >= count and self.idle())
        assert len(self.requests) == count, self.requests
        return self.requests

    def idle(self) -> bool:
        return bool(self.held) or self.page.evaluate("queue.running === null")

    def wait(self, until: Callable[[], bool]) -> None:
        for _ in range(300):
            if until():
                return
            self.page.wait_for_timeout(10)
        raise AssertionError(f"It did not happen. Requests: {self.requests}")

    def values(self) -> list[list[object]]:
        return [[op["value"] for op in ops] for ops in self.requests]

    def stored(self, user: str = USER, card: str = CARD) -> list[dict]:
        return self.page.evaluate(
            "async ([u, c]) => { await queue.entries.allWritten(); return store.entries(u, c); }",
            [user, card],
        )

    def line(self) -> dict:
        return self.page.evaluate("line()")

    def link(self) -> str:
        return self.page.evaluate("queue.link")


def truncated() -> dict:
    body = json.dumps({"v": 1, "revision": 1, "results": []})
    return {"status": 200, "content_type": "application/json", "body": body[:-3]}
