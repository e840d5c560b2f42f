"""python -m tests.torture.saves: 3,000 saves of 50 devices while everything around them is killed.

Ends with 1 when anything that was confirmed is not in the database exactly once with its value.
"""

import argparse
import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg

from . import verdict
from .clients import Crowd, Device
from .proxy import Proxy
from .stage import Stage, Workers, stage

PRODUCT = "interviewbank.wsgi"
DROPPED = 0.2
DEVICES = 50
# For each hundred saves.
WORKERS, CONNECTIONS, CRASHES = 1.0, 1.5, 0.34


@dataclass
class Report:
    saves: int
    operations: int
    sent_again: int
    dropped: int
    passed: int
    kills: Counter
    seconds: float
    faults: list[str] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)

    def in_words(self) -> str:
        share = self.dropped / max(self.dropped + self.passed, 1)
        kills = ", ".join(f"{count} × {kind}" for kind, count in sorted(self.kills.items()))
        return (
            f"{self.saves} saves confirmed with {self.operations} operations in "
            f"{self.seconds:.0f} s; {self.sent_again} requests sent again, "
            f"{share:.0%} of the answers dropped after the commit; {kills}; "
            f"{len(self.faults)} faults"
        )


def torture(
    on: Stage, *, saves: int, app: str = PRODUCT, seed: int = 1, seconds: float = 120
) -> Report:
    """Random moments come from `seed`; how threads take turns does not."""
    chance = random.Random(seed)
    began = time.monotonic()
    with (
        Workers(on, app) as workers,
        Proxy(workers.port, share=DROPPED, chance=random.Random(seed)) as proxy,
    ):
        devices = [
            Device(
                card, f"device-{number}", session, proxy.port, random.Random(f"{seed} {session}")
            )
            for card in on.take(DEVICES // 2)
            for number, session in enumerate(card["sessions"])
        ]
        crowd = Crowd(devices, saves=saves, seconds=seconds)
        crowd.start()
        kills = _kill(workers, crowd, saves, chance)
        crowd.join()
    _crash(on)
    with _recovered(on) as db:
        faults = verdict.faults(db, devices)
    return Report(
        saves=crowd.done,
        operations=sum(len(device.told) for device in devices),
        sent_again=sum(device.again for device in devices),
        dropped=proxy.dropped,
        passed=proxy.passed,
        kills=kills,
        seconds=time.monotonic() - began,
        faults=faults,
        devices=devices,
    )


def _kill(workers: Workers, crowd: Crowd, saves: int, chance: random.Random) -> Counter:
    """Spread over the saves, not over time, so that a slow machine kills as often as a fast one."""
    acts = {
        "worker killed": (workers.kill_worker, WORKERS),
        "connection ended": (workers.end_connection, CONNECTIONS),
        "database crashed": (workers.crash_database, CRASHES),
    }
    due = [kind for kind, (_, each) in acts.items() for _ in range(round(each * saves / 100))]
    chance.shuffle(due)
    moments = sorted(chance.random() * saves * 0.95 for _ in due)
    done: Counter = Counter()
    while due and crowd.at_work():
        time.sleep(chance.random() * 0.02)
        if crowd.done >= moments[0]:
            try:
                happened = acts[due[0]][0](chance)
            except psycopg.OperationalError:
                continue  # it is still recovering
            if happened:
                done[due.pop(0)] += 1
                moments.pop(0)
    return done


def _crash(on: Stage) -> None:
    """One last time: what is read afterwards is what was on disk."""
    with _recovered(on) as witness:
        with on.connect() as victim:
            os.kill(victim.info.backend_pid, signal.SIGKILL)
        with suppress(psycopg.OperationalError):
            while True:
                witness.execute("SELECT 1")


def _recovered(on: Stage) -> psycopg.Connection:
    while True:
        try:
            return on.connect()
        except psycopg.OperationalError:
            time.sleep(0.1)


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.torture.saves")
    words.add_argument("--saves", type=int, default=3000)
    words.add_argument("--app", default=PRODUCT, help="or tests.torture.liar:before_commit")
    words.add_argument("--must-lose", action="store_true", help="1 when nothing was found lost")
    words.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = words.parse_args()
    with stage(cards=DEVICES // 2) as on:
        on.careless()
        print(f"seed {asked.seed}", flush=True)
        report = torture(on, saves=asked.saves, app=asked.app, seed=asked.seed, seconds=1200)
    print(report.in_words())
    lost = [fault for fault in report.faults if fault.startswith("lost")]
    if asked.must_lose:
        print(f"found lost: {len(lost)}")
        return 0 if lost else 1
    print("\n".join(report.faults[:20]))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
