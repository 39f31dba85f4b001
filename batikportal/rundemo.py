"""The demo on one machine, `python -m batikportal.rundemo`: database, fictitious data, web server and background work.

Everything it makes lies in .devdb and var; PORT and BIND say where it listens. Ctrl-C ends it and all that it started.
"""

import base64
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from batikportal import devdb

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".devdb"
STEPS = 5
PAUSE_SECONDS = 2  # before a background process that ended is started again
FIRST_PAGE_SECONDS = 60
FAREWELL_SECONDS = 15  # what a process may take to finish its work when it is told to end


class DemoError(Exception):
    """The demo cannot go on; the message says why and what to do."""


def main() -> int:
    """Prepare, serve, and end with everything that was started."""
    for kind in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, leave)
    os.chdir(ROOT)
    try:
        with step(1, "PostgreSQL"):
            os.environ.update(demo_environment())
        prepare()
        serve(os.environ.get("BIND", "127.0.0.1"), free_port())
    except KeyboardInterrupt:
        print("\nStopped.")
    except (DemoError, devdb.DevdbError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def leave(number: int, frame: FrameType | None) -> None:
    """A request to end from outside is answered as Ctrl-C is."""
    raise KeyboardInterrupt


@contextmanager
def step(number: int, title: str, *, has_parts: bool = False) -> Iterator[None]:
    """Show what is going on, and how long it took; the parts of a long step print lines of their own."""
    print(f"[{number}/{STEPS}] {title} … ", end="\n" if has_parts else "", flush=True)
    began = time.monotonic()
    yield
    print(f"{'  all: ' if has_parts else ''}{time.monotonic() - began:.1f} s", flush=True)


# ── Settings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def demo_environment() -> dict[str, str]:
    """Like production, but without HTTPS and second factor, with a banner, and with messages on screen only."""
    database = os.environ.get("DATABASE_URL") or devdb.ensure(devdb.default_data(fast=False), fast=False)
    return {
        **remembered_secrets(),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "batikportal.settings",
        "DEBUG": "False",
        "DEMO": "True",
        "HTTPS": "False",
        "STAFF_SECOND_FACTOR": "False",
        "EMAIL_URL": "consolemail://",
        "MESSAGE_GATEWAY_URL": "",
        "MEDIA_ROOT": str(STATE / "media"),
        "LOG_JSON": "False",
    }


def remembered_secrets() -> dict[str, str]:
    """Keys of this demo, made once: without them its sessions and encrypted identifiers could not be read again."""
    file = STATE / "secret"
    if not file.exists():
        STATE.mkdir(exist_ok=True)
        fresh = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "IDENTIFIER_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "IDENTIFIER_INDEX_KEY": secrets.token_urlsafe(50),
        }
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.writelines(f"{name}={value}\n" for name, value in fresh.items())
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


def free_port() -> int:
    """PORT, or the next free one, said in one sentence."""
    wanted = int(os.environ.get("PORT") or 8000)
    for port in range(wanted, wanted + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((os.environ.get("BIND", "127.0.0.1"), port))
            except OSError:
                continue
        if port != wanted:
            print(f"Port {wanted} is taken by another program, so the demo uses {port}.")
        return port
    raise DemoError(f"Ports {wanted} to {wanted + 19} are taken: choose a free one with `make demo PORT=…`.")


# ── Preparation ──────────────────────────────────────────────────────────────────────────────────────────────────────


def prepare() -> None:
    """Tables, fictitious data and static files; safe to repeat."""
    import django
    from django.core.management import CommandError, call_command
    from django.db import connections

    django.setup()
    with step(2, "Tables"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    with step(3, "Demo data (the first time up to a minute)", has_parts=True):
        try:
            call_command("seed_demo")
        except CommandError as error:
            raise DemoError(str(error)) from error
    with step(4, "Static files"):
        call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()


def table_of_logins() -> str:
    """Role, login and password of every demo account, in columns."""
    from batikportal import demo

    rows = [("Role", "Login", "Password"), *((str(role), login, password) for role, login, password in demo.logins())]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


# ── Processes ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Child:
    """One process of the demo, with its own log, started again whenever it ends."""

    def __init__(self, name: str, *command: str) -> None:
        self.name, self.command = name, [sys.executable, *command]
        self.log = STATE / f"{name}.log"
        self.log.unlink(missing_ok=True)
        self.starts_at = 0.0
        self.has_complained = False
        self.process: subprocess.Popen[bytes] | None = None

    def keep_running(self) -> None:
        if self.process and self.process.poll() is not None:
            if self.process.returncode and not self.has_complained:
                self.has_complained = True
                print(f"{self.name} failed and is tried again; .devdb/{self.name}.log says why.", flush=True)
            self.process, self.starts_at = None, time.monotonic() + PAUSE_SECONDS
        if not self.process and time.monotonic() >= self.starts_at:
            with self.log.open("ab") as log:
                # A session of its own: Ctrl-C reaches this program only, which then ends the others in order.
                self.process = subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)

    def end(self, deadline: float) -> None:
        if self.process:
            try:
                self.process.wait(max(0, deadline - time.monotonic()))
            except (subprocess.TimeoutExpired, KeyboardInterrupt):  # a second Ctrl-C is meant
                self.process.kill()

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:]


def serve(host: str, port: int) -> None:
    """Run web server, background worker and the periodic runner until somebody stops us."""
    web = Child("web", "-m", "gunicorn", "--bind", f"{host}:{port}", "batikportal.wsgi")
    worker = Child("worker", "manage.py", "db_worker")
    periodic = Child("periodic", "manage.py", "run_periodic")
    children = [web, worker, periodic]
    try:
        with step(5, "Web server"):
            web.keep_running()
            wait_for_first_page(web, port)
        print(f"\n{table_of_logins()}\n")
        print(f"The portal runs at http://localhost:{port}/ (Ctrl-C stops it; logs: .devdb/*.log)", flush=True)
        while web.process and web.process.poll() is None:
            worker.keep_running()
            periodic.keep_running()
            time.sleep(0.2)
        raise DemoError(f"The web server ended by itself:\n{web.last_words()}")
    finally:
        deadline = time.monotonic() + FAREWELL_SECONDS
        for child in children:
            if child.process and child.process.poll() is None:
                child.process.terminate()
        for child in children:
            child.end(deadline)


def wait_for_first_page(web: Child, port: int) -> None:
    deadline = time.monotonic() + FIRST_PAGE_SECONDS
    while web.process and web.process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=FIRST_PAGE_SECONDS):
                return
        except urllib.error.HTTPError as error:
            raise DemoError(f"The first page failed with {error.code}:\n{web.last_words()}") from error
        except OSError:
            time.sleep(0.1)
    raise DemoError(f"The web server did not start:\n{web.last_words()}")


if __name__ == "__main__":
    sys.exit(main())
