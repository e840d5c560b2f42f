"""How long the candidates list takes for somebody who sees every candidate there is.

    python tests/benchmarks/candidates.py [NUMBER]

100,000 unless told otherwise. A thousand are seeded with everything, the rest are their copies
without the answers, which no list reads. Eight of ten are decided, most of the others wait for a
decision. Each page is asked for three times, and the best counts.
"""

import os
import sys
from pathlib import Path
from time import perf_counter

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["INTERVIEWBANK_TEST_DB"] = "bench"
sys.path.insert(0, str(Path(__file__).parents[2]))

import django

django.setup()

# Models can be imported only after that.
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_databases,
    teardown_databases,
)

from interviewbank.access.models import User  # noqa: E402
from scorecards.models import Application, Opening  # noqa: E402
from scorecards.seeding import Seeder  # noqa: E402
from tests import build, sessions, shipped  # noqa: E402

SEEDED = 1_000
ROUNDS = 3
AIM_SECONDS = 2.5
"""The most that a page may take when every candidate is the viewer's."""

COPIED = {
    "scorecards_candidate": ("id",),
    "scorecards_application": ("id", "candidate_id"),
    "scorecards_interview": ("id", "application_id"),
    "scorecards_scorecard": ("id", "interview_id"),
    "scorecards_rolluprecord": ("id", "application_id"),
}
PAGES = {
    "longest wait first": "/candidates/",
    "last page": "/candidates/?page=100000",
    "highest score first": "/candidates/?sort=score",
    "by name": "/candidates/?sort=name",
    "ready for decision": "/candidates/?tab=ready",
    "decided": "/candidates/?tab=decided",
    "one recommendation": "/candidates/?recommendation=hire",
    "one flag": "/candidates/?flag=below",
    "one opening": "/candidates/?opening={opening}",
    "a name that nobody has": "/candidates/?q=zzzz",
}


def copy(times: int) -> None:
    """The ids of copy n follow from those of the original, so that keys find their row."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, keys in COPIED.items():
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
                " AND table_schema = current_schema() AND is_generated = 'NEVER'"
                " ORDER BY ordinal_position",
                [table],
            )
            names = [name for (name,) in cursor.fetchall()]
            taken = [
                f"md5(t.{name}::text || n)::uuid" if name in keys else f"t.{name}" for name in names
            ]
            quoted = ", ".join(f'"{name}"' for name in names)
            cursor.execute(
                f"INSERT INTO {table} ({quoted}) SELECT {', '.join(taken)}"
                f" FROM {table} t, generate_series(1, {times}) n"
            )
        cursor.execute("SET session_replication_role = origin")


def decide_most() -> None:
    """By the first digit of the id: what is spread evenly, and the same each time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE scorecards_application SET state = 'decided'"
            " WHERE get_byte(uuid_send(id), 0) % 10 < 8"
        )
        cursor.execute("ANALYZE")


def chair_of_everything() -> User:
    chair = build.user("Chiara Decider")
    for opening in Opening.objects.all():
        opening.members.create(user=chair, kind="chair")
    return chair


def measure(chair: User) -> bool:
    client = Client(SERVER_NAME="localhost")
    sessions.sign_in(client, chair)
    opening = Opening.objects.order_by("pk")[0]
    good = True
    for name, address in PAGES.items():
        url = address.format(opening=opening.pk)
        seconds, count = min(once(client, url) for _ in range(ROUNDS))
        good &= seconds <= AIM_SECONDS
        print(f"{name:24} {count:3} queries {seconds * 1000:7.0f} ms", flush=True)
    for kind in ("csv", "xlsx"):
        seconds, count = once(client, f"/candidates/export/{kind}/?tab=decided")
        print(f"{kind + ' of the decided':24} {count:3} queries {seconds:7.1f} s", flush=True)
    return good


def once(client: Client, url: str) -> tuple[float, int]:
    """Seconds to the last byte, and queries."""
    with CaptureQueriesContext(connection) as queries:
        start = perf_counter()
        response = client.get(url)
        if response.streaming:
            sum(map(len, response.streaming_content))
        seconds = perf_counter() - start
    if response.status_code != 200:
        raise SystemExit(f"{url}: {response.status_code}")
    return seconds, len(queries)


def main() -> int:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    settings = setup_databases(verbosity=0, interactive=False)
    try:
        shipped.load_bank()
        Seeder(candidates=min(number, SEEDED), seed=1).run(lambda done: None)
        copy(number // SEEDED - 1)
        decide_most()
        chair = chair_of_everything()
        print(f"{Application.objects.count()} candidates")
        return 0 if measure(chair) else 1
    finally:
        teardown_databases(settings, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
