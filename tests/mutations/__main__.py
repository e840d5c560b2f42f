"""Breaks one rule after the other in a copy of the tree and runs the tests that should notice.

python -m tests.mutations [WORD ...]    only those whose names hold one of the words
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutations.listed import MUTATIONS, ROOT, Mutation

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".local", "__pycache__", ".*_cache")
# How many may go unnoticed before the run fails: one in thirty.
LET_THROUGH = len(MUTATIONS) // 30
PYTEST = "-x -q -p no:cacheprovider -p no:logging --tb=no --no-header"


def noticed_by(mutation: Mutation, tree: Path) -> str:
    """The first test that fails; empty when none does."""
    file = tree / mutation.path
    whole = file.read_text()
    file.write_text(mutation.applied_to(whole))
    try:
        done = _pytest(mutation, tree)
    finally:
        file.write_text(whole)
    found = re.search(r"^FAILED (\S+)", done.stdout, re.MULTILINE)
    if done.returncode not in (0, 1) or (done.returncode == 1 and not found):
        raise RuntimeError(f"{mutation.name}: the tests did not run\n{done.stdout[-3000:]}")
    return found[1] if found else ""


def _pytest(mutation: Mutation, tree: Path) -> subprocess.CompletedProcess:
    # Another schema needs a database of its own.
    database = "--create-db" if "/migrations/" in mutation.path else "--reuse-db"
    name = "_schema" if "/migrations/" in mutation.path else ""
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "INTERVIEWBANK_TEST_DB": os.environ.get("INTERVIEWBANK_TEST_DB", "mutations") + name,
    }
    command = [sys.executable, "-m", "pytest", *shlex.split(PYTEST), database]
    return subprocess.run(
        [*command, *shlex.split(mutation.tests)],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def main(words: list[str]) -> int:
    chosen = [one for one in MUTATIONS if not words or any(word in one.name for word in words)]
    missed = []
    with tempfile.TemporaryDirectory(prefix="interviewbank-mutations-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=NOT_COPIED)
        (ROOT / ".local").mkdir(exist_ok=True)
        (tree / ".local").symlink_to(ROOT / ".local")
        for number, mutation in enumerate(chosen, 1):
            begun = time.monotonic()
            by = noticed_by(mutation, tree)
            if not by:
                missed.append(mutation)
            took = time.monotonic() - begun
            print(f"{number}/{len(chosen)} {mutation.name} → {by or 'NOT NOTICED'} ({took:.0f} s)")
            sys.stdout.flush()
    print(f"{len(chosen) - len(missed)} of {len(chosen)} mutations were noticed.")
    return len(missed) > LET_THROUGH


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
