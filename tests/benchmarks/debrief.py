"""How soon fifty open pages of a debrief see what somebody does.

    python tests/benchmarks/debrief.py

Fifty people follow one debrief as static/ib/follow.js does: they ask, with the tag of what they
have, two seconds after the last answer. Beside them a chair writes notes. Two workers of gunicorn
answer, on the tests' PostgreSQL. A note is seen when the answer that holds it has arrived. The
command ends with 1 when more than one page in a hundred waits for more than three seconds.
"""

import http.client
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.setdefault("INTERVIEWBANK_TEST_DB", "benchmark")

PAGES = 50
NOTES = 15
BETWEEN_NOTES = 4.0
PAUSE = 2.0
AIM = 3.0
PORT = 8765


@dataclass
class Page:
    """One open page; `seen` says when each note arrived."""

    path: str
    cookie: str
    seen: dict[str, float] = field(default_factory=dict)
    failed: int = 0
    took: dict[int, list[float]] = field(default_factory=lambda: {200: [], 304: []})

    def follow(self, stop: threading.Event) -> None:
        stop.wait(random.random() * PAUSE)
        tag, failures = "", 0
        while not stop.is_set():
            try:
                tag = self.ask(tag)
            except OSError:
                self.failed += 1
                failures += 1
            else:
                failures = 0
            stop.wait(min(PAUSE * 2**failures, 30.0))

    def ask(self, tag: str) -> str:
        headers = {"Cookie": self.cookie, "If-None-Match": tag, "Sec-Fetch-Dest": "empty"}
        began = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
        line.request("GET", self.path, headers=headers)
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        now = time.perf_counter()
        self.took[answer.status].append(now - began)
        for number in range(NOTES if answer.status == 200 else 0):
            if f"Note {number:03}" in text:
                self.seen.setdefault(f"Note {number:03}", now)
        return answer.headers["ETag"]


def world():
    """A debrief with four scorecards, and fifty members of the committee, signed in."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from scorecards.workflow.rollups import refresh_rollup
    from tests import build

    areas = [build.area(f"area-{number}") for number in range(6)]
    asked = build.question_set(*(build.question(in_area=area) for area in areas), name="Loop")
    opening = build.opening(asked, areas=areas)
    application = build.application(opening)
    for _ in range(4):
        build.submitted(build.interview(application, build.user()), [3, 4, 2, 3, 3, 1])
    refresh_rollup(application)
    people = [build.user() for _ in range(PAGES)]
    for number, person in enumerate(people):
        kind = "committee" if number else "chair"
        opening.members.create(user=person, kind=kind)
    debrief = build.debrief(application, people[0])
    pages = []
    for person in people:
        client = Client()
        client.force_login(person, backend="interviewbank.access.backends.SignInBackend")
        name = settings.SESSION_COOKIE_NAME
        cookie = f"{name}={client.cookies[name].value}"
        pages.append(Page(reverse("debrief_follow", args=[debrief.pk]), cookie))
    return debrief, people[0], areas, pages


def measure(debrief, chair, areas, pages: list[Page]) -> list[float]:
    """Seconds from the commit of each note to each page that shows it."""
    from scorecards.workflow.debriefs import add_note

    stop = threading.Event()
    threads = [threading.Thread(target=page.follow, args=[stop]) for page in pages]
    for thread in threads:
        thread.start()
    time.sleep(2 * PAUSE)
    written = {}
    for number in range(NOTES):
        text = f"Note {number:03}"
        add_note(debrief=debrief, by=chair, area=areas[number % len(areas)], text=text)
        written[text] = time.perf_counter()
        time.sleep(BETWEEN_NOTES)
    stop.set()
    for thread in threads:
        thread.join()
    never = float("inf")
    return sorted(page.seen.get(text, never) - written[text] for page in pages for text in written)


def serve() -> subprocess.Popen:
    """Two workers, each answering four at a time."""
    command = [sys.executable, "-m", "gunicorn", "interviewbank.wsgi", "--bind"]
    command += [f"127.0.0.1:{PORT}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.served"}
    return subprocess.Popen(command, cwd=ROOT, env=settings)


def up() -> None:
    for _ in range(200):
        try:
            urlopen(f"http://127.0.0.1:{PORT}/sign-in/").read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def share(figures: list[float], part: float) -> float:
    return figures[min(int(len(figures) * part), len(figures) - 1)]


def main() -> int:
    import django
    from django.conf import settings
    from django.test.utils import get_runner

    django.setup()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    server = None
    try:
        debrief, chair, areas, pages = world()
        server = serve()
        up()
        waited = measure(debrief, chair, areas, pages)
    finally:
        if server:
            server.terminate()
            server.wait()
        runner.teardown_databases(databases)
    for status in (304, 200):
        took = sorted(one for page in pages for one in page.took[status])
        print(f"{status}: {len(took)} answers, {share(took, 0.5) * 1000:.0f} ms, p99 ", end="")
        print(f"{share(took, 0.99) * 1000:.0f} ms")
    print(f"without an answer: {sum(page.failed for page in pages)}")
    late = share(waited, 0.99)
    print(f"seen after: {share(waited, 0.5):.2f} s, p99 {late:.2f} s, at most {waited[-1]:.2f} s")
    print(
        f"{len(waited)} of {PAGES * NOTES}; within {AIM:g} s: {'met' if late <= AIM else 'MISSED'}"
    )
    return 0 if late <= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
