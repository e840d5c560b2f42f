"""The built-in PostgreSQL in awkward places, and for root as well as for ordinary users."""

import os
import pwd
import shutil
from pathlib import Path

import pytest

from interviewbank.localpg import LocalPostgresError, binaries
from interviewbank.localpg.layout import SYSTEM_HOME, layout
from interviewbank.localpg.server import Server
from tests.localpg import USER, User, checkout, execute, postmaster, server_processes

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
# Everything is imported before root is given up: Python itself may lie in root's own folders.
ORDINARY_USER = """
import os, pwd, sys
from pathlib import Path
from interviewbank import localpg
from interviewbank.localpg import usage
programs = usage.bin_folder()
usage.bin_folder = lambda: programs
nobody = pwd.getpwnam("nobody")
os.setgroups([]), os.setgid(nobody.pw_gid), os.setuid(nobody.pw_uid)
try:
    place = localpg.ensure_running(Path(sys.argv[1]), database="interviewbank")
    print(place.sockets, flush=True)
except localpg.LocalPostgresError as problem:
    print(problem, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("name", ["a-long-name-" * 9, 'it\'s, "odd" $HOME `x` and ünlike'])
def test_any_path_will_do(name):
    with checkout() as folder:
        root = folder / name / ".local" / "pg"
        with User(root) as user:
            assert execute(user.sockets(), "SELECT 1") == [(1,)]
            assert len(server_processes(folder)) > 1
        assert server_processes(folder) == []
        shutil.rmtree(layout(root).sockets)


@as_root
def test_root_gives_the_server_to_an_account_without_rights():
    with checkout() as folder, User(folder / ".local" / "pg") as user:
        user.sockets()
        assert postmaster(folder).username() in ("postgres", "nobody")


@as_root
def test_an_ordinary_user_runs_it_as_itself():
    with checkout() as folder:
        shutil.chown(folder, "nobody")
        with User(folder / ".local" / "pg", ORDINARY_USER) as user:
            assert execute(user.sockets(), "SELECT 1") == [(1,)]
            assert postmaster(folder).username() == "nobody"
        assert server_processes(folder) == []


@as_root
def test_root_after_an_ordinary_user_keeps_the_data_theirs():
    with checkout(0o700) as folder:
        shutil.chown(folder, "nobody")
        with User(folder / ".local" / "pg", ORDINARY_USER) as user:
            execute(user.sockets(), "CREATE TABLE note AS SELECT 'kept' AS text")
        with User(folder / ".local" / "pg") as user:
            assert execute(user.sockets(), "TABLE note") == [("kept",)]
            assert postmaster(folder).username() == "nobody"


@as_root
def test_an_ordinary_user_after_root_is_told_whose_it_is():
    with checkout() as folder:
        with User(folder / ".local" / "pg") as user:
            user.sockets()
        with User(folder / ".local" / "pg", ORDINARY_USER) as user:
            assert "belongs to another account" in user.sockets()


@as_root
def test_a_folder_that_cant_be_written_is_named():
    with checkout() as folder, User(folder / ".local" / "pg", ORDINARY_USER) as user:
        assert f"may not write to {folder / '.local'}." in user.sockets()


@as_root
def test_a_private_checkout_of_root_keeps_its_data_outside():
    with checkout(0o700) as folder:
        root = folder / ".local" / "pg"
        with User(root) as user:
            execute(user.sockets(), "CREATE TABLE note AS SELECT 'kept' AS text")
        assert (root / "data").resolve().is_relative_to(SYSTEM_HOME)
        folder.chmod(0o755)  # the data stay where they are
        with User(root) as user:
            assert execute(user.sockets(), "TABLE note") == [("kept",)]
        folder.chmod(0o700)
        shutil.rmtree(root)  # how one begins anew
        with User(root) as user:
            assert execute(user.sockets(), "SELECT to_regclass('note')") == [(None,)]
        assert folder.stat().st_mode & 0o777 == 0o700


@as_root
def test_a_strict_umask_of_root_does_not_lock_the_server_out():
    code = "import os, sys; os.umask(0o077)\n" + USER
    with checkout() as folder, User(folder / ".local" / "pg", code) as user:
        assert execute(user.sockets(), "SELECT 1") == [(1,)]


@as_root
def test_programs_in_a_private_folder_are_copied_for_the_server():
    installed = binaries._installed()
    with checkout(0o700) as private, checkout() as folder:
        package = private / binaries.PACKAGE
        shutil.copytree(installed, package / binaries.VERSION, symlinks=True)
        libraries = installed.parent.parent / f"{binaries.PACKAGE}.libs"
        shutil.copytree(libraries, private / libraries.name)
        (package / "__init__.py").touch()
        with User(folder / ".local" / "pg", PYTHONPATH=str(private)) as user:
            assert execute(user.sockets(), "SELECT 1") == [(1,)]
            program = Path(postmaster(folder).exe())
        assert program.is_relative_to(SYSTEM_HOME)
        copy = program.parents[3]
        assert copy.parent == SYSTEM_HOME
        shutil.rmtree(copy)


@as_root
def test_a_folder_for_sockets_that_somebody_else_made_is_refused(tmp_path):
    with checkout() as folder:
        place = layout(folder / ".local" / "pg")
        stranger = pwd.getpwnam("nobody")
        os.chown(tmp_path, stranger.pw_uid, stranger.pw_gid)
        with pytest.raises(LocalPostgresError, match="belongs to another account"):
            Server(place, None, Path())._make_private(tmp_path)


def test_windows_is_told_what_to_use(monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(LocalPostgresError, match="Use WSL2, or set DATABASE_URL"):
        binaries.require_supported_system()


def test_a_system_without_the_wheel_is_told_what_to_use(monkeypatch):
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_package")
    with pytest.raises(LocalPostgresError, match=r"use WSL2, or set DATABASE_URL"):
        binaries.bin_folder()
