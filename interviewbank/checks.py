"""`manage.py test`: everything that has to hold before a change may land, in this order."""

import os
import subprocess
import sys

from interviewbank.bootstrap import ROOT

STEPS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format --check": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "makemigrations --check": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "pytest": ["-m", "pytest"],
}


def run(arguments: list[str]) -> int:
    """All steps, or pytest alone with `arguments`; a failure does not hide the ones after it."""
    steps = {"pytest": [*STEPS["pytest"], *arguments]} if arguments else STEPS
    try:
        failed = [name for name, step in steps.items() if _run(name, step) != 0]
    except KeyboardInterrupt:
        print("\nInterrupted.")
        return 130
    print(f"\nFailed: {', '.join(failed)}." if failed else f"\nPassed: {', '.join(steps)}.")
    return 1 if failed else 0


def _run(name: str, step: list[str]) -> int:
    print(f"\n== {name}", flush=True)
    # The tests' settings, so that no step touches the data of the demo.
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen([sys.executable, *step], cwd=ROOT, env=environment) as child:  # noqa: S603
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.wait()  # Ctrl-C reached it too; it has a server to stop
            raise
