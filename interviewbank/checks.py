"""`manage.py test`: everything that has to hold before a change may land."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from typing import IO

from interviewbank.bootstrap import ROOT

# One after the other.
STEPS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format --check": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "makemigrations --check": ["manage.py", "makemigrations", "--check", "--dry-run"],
}
PYTEST = ["-m", "pytest"]
# Then side by side: tests in a browser mostly wait for it.
TESTS = {
    "pytest": [*PYTEST, "--ignore=tests/browser"],
    "pytest tests/browser": [*PYTEST, "tests/browser"],
}


def run(arguments: list[str]) -> int:
    """All of it, or pytest alone with `arguments`; a failure does not hide what comes after it."""
    try:
        if arguments:
            results = _one_by_one({"pytest": [*PYTEST, *arguments]})
        else:
            results = _one_by_one(STEPS) | _side_by_side(TESTS)
    except KeyboardInterrupt:
        print("\nInterrupted.")
        return 130
    failed = [name for name, status in results.items() if status]
    print(f"\nFailed: {', '.join(failed)}." if failed else f"\nPassed: {', '.join(results)}.")
    return 1 if failed else 0


def _one_by_one(steps: dict[str, list[str]]) -> dict[str, int]:
    results = {}
    for name, step in steps.items():
        _head(name)
        results.update(_wait_for({name: _start(step)}))
    return results


def _side_by_side(steps: dict[str, list[str]]) -> dict[str, int]:
    """The first shows its progress; what the others say follows it, each in one piece."""
    first, *others = steps
    beside = f" (beside it: {', '.join(others)}, shown below)" if others else ""
    _head(first + beside)
    with ExitStack() as files:
        said = {name: files.enter_context(tempfile.TemporaryFile()) for name in others}
        started = {
            name: _start(step, database=f"_{number}", output=said.get(name))
            for number, (name, step) in enumerate(steps.items())
        }
        try:
            return _wait_for(started)
        finally:
            for name, file in said.items():
                _head(name)
                file.seek(0)
                shutil.copyfileobj(file, sys.stdout.buffer)
                sys.stdout.flush()


def _head(words: str) -> None:
    print(f"\n== {words}", flush=True)


def _start(step: list[str], database: str = "", output: IO[bytes] | None = None):
    # The tests' settings, so that no step touches the data of the demo; a database for each run.
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "INTERVIEWBANK_TEST_DB": os.environ.get("INTERVIEWBANK_TEST_DB", "main") + database,
    }
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *step], cwd=ROOT, env=environment, stdout=output, stderr=output
    )


def _wait_for(children: dict[str, subprocess.Popen]) -> dict[str, int]:
    try:
        return {name: child.wait() for name, child in children.items()}
    except KeyboardInterrupt:
        for child in children.values():
            child.wait()  # Ctrl-C reached it too; it has a server to stop
        raise
