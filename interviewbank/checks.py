"""`manage.py test`: everything that has to hold before a change may land."""

import os
import subprocess
import sys

from interviewbank.bootstrap import ROOT

# Each test process has a PostgreSQL backend and often a Chromium beside it.
MOST_PROCESSES = 4
STEPS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format --check": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "makemigrations --check": ["manage.py", "makemigrations", "--check", "--dry-run"],
}
PYTEST = ["-m", "pytest"]


def run(arguments: list[str]) -> int:
    """All of it, or pytest alone with `arguments`; a failure does not hide what comes after it."""
    if arguments:
        steps = {"pytest": [*PYTEST, *arguments]}
    else:
        steps = STEPS | {"pytest": [*PYTEST, *side_by_side()]}
    failed = []
    for name, step in steps.items():
        print(f"\n== {name}", flush=True)
        try:
            if _run(step):
                failed.append(name)
        except KeyboardInterrupt:
            print("\nInterrupted.")
            return 130
    print(f"\nFailed: {', '.join(failed)}." if failed else f"\nPassed: {', '.join(steps)}.")
    return 1 if failed else 0


def side_by_side() -> list[str]:
    """A process for each processor, with a database of its own; tests/conftest.py says which tests
    stay together."""
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    return ["-n", str(processes)]


def _run(step: list[str]) -> int:
    # The tests' settings, so that no step touches the data of the demo.
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    child = subprocess.Popen([sys.executable, *step], cwd=ROOT, env=environment)  # noqa: S603
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.wait()  # Ctrl-C reached it too; it has a server to stop
        raise
