"""Somebody who types into a page while it is being killed, and remembers when each key landed."""

import time
from contextlib import suppress
from pathlib import Path

import psutil
from playwright.sync_api import Page

# What is older than this, in seconds, has to survive (docs/live-scoring.md).
PROMISED = 0.25
# The slowest write to the device so far, in milliseconds, counting one that is under way. What a
# disk takes, where something else keeps it busy, is not for the page to promise.
WATCH_WRITES = """(() => {
  const begin = IDBDatabase.prototype.transaction;
  const underWay = new Set();
  let slowest = 0;
  IDBDatabase.prototype.transaction = function (...given) {
    const made = begin.apply(this, given);
    if (made.mode === "readwrite") {
      const write = { since: performance.now() };
      underWay.add(write);
      made.addEventListener("complete", () => {
        underWay.delete(write);
        slowest = Math.max(slowest, performance.now() - write.since);
      });
    }
    return made;
  };
  window.slowestWrite = () =>
    Math.max(slowest, ...[...underWay].map(({ since }) => performance.now() - since));
})()"""
# Each place in it can be told from any other, and it is as long as a field can be.
STREAM = "".join(f"{number:04} " for number in range(4000))


class Typist:
    """Goes on with the stream where the field ends, in a page that watches its writes."""

    def __init__(self, page: Page, field: str) -> None:
        box = page.get_by_test_id(field)
        box.evaluate(
            "it => { it.focus(); it.setSelectionRange(it.value.length, it.value.length); }"
        )
        self.page = page
        self.start = len(box.input_value())
        self.landed: list[float] = []

    def type_for(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.page.keyboard.type(STREAM[self.start + len(self.landed)])
            self.landed.append(time.monotonic())
        self.slowest_write = self.page.evaluate("slowestWrite()") / 1000
        self.looked = time.monotonic()

    def lost_at_most(self, until: float) -> float:
        """How old, in seconds, what is missing may be: a key that lands while a write is under way
        waits for that one, and then for its own."""
        return max(PROMISED, 2 * self.slowest_write + until - self.looked)

    @property
    def typed(self) -> int:
        return self.start + len(self.landed)

    def promised(self, until: float) -> int:
        """How many characters have to be there after a disaster at that moment."""
        oldest = until - self.lost_at_most(until)
        return self.start + sum(moment <= oldest for moment in self.landed)

    def oldest_missing(self, until: float, there: int) -> float:
        """How old the first character was that is missing; 0 when none is."""
        return until - self.landed[there - self.start] if there < self.typed else 0.0


def browser_processes(profile: Path) -> list[psutil.Process]:
    """The whole tree of the browser that runs on the profile."""
    named = f"--user-data-dir={profile}"
    first = [
        one for one in psutil.process_iter(["cmdline"]) if named in (one.info["cmdline"] or [])
    ]
    children = [child for one in first for child in one.children(recursive=True)]
    return list(dict.fromkeys([*first, *children]))


def tab_processes(profile: Path) -> list[psutil.Process]:
    """Only those that show pages."""
    return [one for one in browser_processes(profile) if "--type=renderer" in one.cmdline()]


def kill(processes: list[psutil.Process]) -> float:
    """All of them without a warning, found beforehand so that it is at once. The moment of it."""
    assert processes, "Nothing runs on this profile."
    moment = time.monotonic()
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=20)
    return moment
