"""The live client without a browser: what a device sends, and what it is told."""

import json
from itertools import count
from uuid import UUID

from interviewbank.access.models import User
from scorecards.models import Interview

_next = count(1)
BACKEND = "interviewbank.access.backends.SignInBackend"


def op_id() -> str:
    return str(UUID(int=next(_next)))


def op(field: str, value, *, base: int = 0, id: str = "") -> dict:
    return {"op": id or op_id(), "field": field, "base": base, "value": value}


class Device:
    """Somebody's browser with the page of one interview's scorecard."""

    def __init__(self, client, interview: Interview, *, by: User | None = None, name: str = "a"):
        self.client = client
        self.name = name
        self.base = f"/scorecards/{interview.scorecard.pk}/"
        client.force_login(by or interview.interviewer, backend=BACKEND)

    def send(self, body, *, to: str = "ops", **extra):
        """`body` is bytes, or what is made JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        url = f"{self.base}{to}/"
        return self.client.post(url, raw, content_type="application/json", **extra)

    def ops(self, *ops: dict):
        return self.send({"v": 1, "device": self.name, "ops": ops})

    def save(self, *ops: dict) -> list[dict]:
        """The results, in the order that was sent."""
        response = self.ops(*ops)
        assert response.status_code == 200, response.content
        assert [result["op"] for result in response.json()["results"]] == [one["op"] for one in ops]
        return response.json()["results"]

    def state(self) -> dict:
        response = self.client.get(f"{self.base}state/")
        assert response.status_code == 200, response.content
        return response.json()

    def expected(self) -> dict[str, int]:
        return {field: one["rev"] for field, one in self.state()["answers"].items()}

    def submit(self, **changes):
        body = {
            "op": op_id(),
            "expected": changes.pop("expected", None) or self.expected(),
            "pledge": True,
            "unworded_ok": False,
            **changes,
        }
        return self.send(body, to="submit")


def outcomes(results: list[dict]) -> list[str]:
    return [result["outcome"] for result in results]
