"""The files that operators use: settings example, lock files, units, backup and its rehearsal."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import environ
import psycopg2.extensions
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from batikportal import actions, encryption
from batikportal.choices import FileKind
from batikportal.devdb import machine

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "docs" / "deploy"
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "demo", "test", "browser")}
NEEDED = ("age", "age-keygen")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


# ── Settings and packages ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_settings_example_names_every_setting_and_no_other():
    read = re.findall(r'\benv\.\w+\(\s*["\']([A-Z_]+)', (ROOT / "batikportal" / "settings.py").read_text())
    named = re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(set(read))


def test_the_settings_example_reads_as_the_settings_read_it(monkeypatch):
    for name in ("DATABASE_URL", "EMAIL_URL"):
        monkeypatch.delenv(name, raising=False)
    values = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    database = environ.Env.db_url_config(values["DATABASE_URL"])
    assert (database["NAME"], database["USER"]) == ("batikportal", "batikportal")
    assert database["OPTIONS"] == {"host": "/var/run/postgresql"}
    assert environ.Env.email_url_config(values["EMAIL_URL"])["EMAIL_USE_TLS"] is True


def test_smaller_lock_files_are_part_of_the_larger_ones():
    pins = {name: set(PIN.findall(file.read_text())) for name, file in LOCKS.items()}
    assert pins["run"] < pins["demo"] < pins["test"] < pins["browser"]


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_every_pinned_package_has_a_hash_and_no_host_is_named(lock):
    text = lock.read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert "index-url" not in text


# ── Deployment files ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_operations_guide_names_every_deployment_file():
    guide = (ROOT / "docs" / "operations.md").read_text()
    assert [file.name for file in DEPLOY.iterdir() if file.name not in guide] == []


@pytest.mark.parametrize(
    "script", [DEPLOY / "backup", DEPLOY / "archive-wal", DEPLOY / "restore-drill", ROOT / ".ci" / "run"]
)
def test_scripts_are_executable_and_parse(script):
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


def test_commands_that_the_units_run_exist():
    commands = re.findall(r"manage\.py (\w+)", "".join(unit.read_text() for unit in DEPLOY.glob("*.service")))
    known = subprocess.run(
        [sys.executable, "manage.py", "help", "--commands"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(commands) <= set(known)
    assert commands


# ── Backup and restore ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def vault(tmp_path):
    """Keys as in production: the public one on the server, the private one elsewhere."""
    if missing := [tool for tool in NEEDED if not shutil.which(tool)]:
        pytest.skip(f"no {', '.join(missing)} on this machine: sudo apt install age")
    private, public = tmp_path / "private-key", tmp_path / "backup.pub"
    subprocess.run(["age-keygen", "-o", private], check=True, capture_output=True)
    public.write_bytes(subprocess.run(["age-keygen", "-y", private], check=True, capture_output=True).stdout)
    return tmp_path


def backup(vault: Path, media: Path) -> subprocess.CompletedProcess[str]:
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    address = {key: connection.settings_dict[name] for key, name in named.items() if connection.settings_dict[name]}
    environment = {
        **os.environ,
        "PATH": f"{machine.find_binaries()}:{os.environ['PATH']}",
        "BACKUP_RECIPIENTS": str(vault / "backup.pub"),
        "DATABASE": psycopg2.extensions.make_dsn(**address),
        "MEDIA_ROOT": str(media),
    }
    command = [DEPLOY / "backup", vault / "backups"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def drill(vault: Path) -> subprocess.CompletedProcess[str]:
    keys = {"IDENTIFIER_KEYS": encryption.Fernet.generate_key().decode(), "IDENTIFIER_INDEX_KEY": "0123456789" * 4}
    environment = {**os.environ, **keys, "PYTHON": sys.executable, "TMPDIR": str(vault)}
    command = [DEPLOY / "restore-drill", vault / "backups", vault / "private-key"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.devdb
@pytest.mark.django_db(transaction=True)
def test_a_backup_restores_with_every_file(vault, settings, administrator, now):
    upload = SimpleUploadedFile("surat.pdf", b"%PDF-1.7 surat izin")
    actions.files.store(upload=upload, kinds=(FileKind.PDF,), by=administrator, at=now)

    made = backup(vault, settings.MEDIA_ROOT)
    assert made.returncode == 0, made.stderr
    (folder,) = (vault / "backups").iterdir()
    assert sorted(file.name for file in folder.iterdir()) == ["SHA256SUMS", "database.age", "files.age"]
    assert b"surat izin" not in (folder / "files.age").read_bytes()

    restored = drill(vault)
    assert restored.returncode == 0, restored.stderr
    assert "1 files and all personal identifiers are whole" in restored.stdout


@pytest.mark.devdb
@pytest.mark.django_db(transaction=True)
def test_a_restore_without_a_file_that_the_database_names_fails_the_drill(vault, settings, administrator, now):
    upload = SimpleUploadedFile("surat.pdf", b"%PDF-1.7 surat izin")
    stored = actions.files.store(upload=upload, kinds=(FileKind.PDF,), by=administrator, at=now)
    Path(stored.file.path).unlink()
    assert backup(vault, settings.MEDIA_ROOT).returncode == 0

    restored = drill(vault)
    assert restored.returncode != 0
    assert "is missing" in restored.stderr


def test_a_piece_of_the_log_is_kept_once_and_never_overwritten(vault):
    piece, archive = vault / "piece", vault / "archive"
    piece.write_bytes(b"log" * 100_000)
    archive.mkdir()
    environment = {**os.environ, "BACKUP_RECIPIENTS": str(vault / "backup.pub"), "WAL_ARCHIVE": str(archive)}

    def keep() -> int:
        return subprocess.run([DEPLOY / "archive-wal", piece, "0001"], env=environment, check=False).returncode

    assert keep() == 0
    first = (archive / "0001.gz.age").read_bytes()
    assert len(first) < 100_000
    assert keep() == 0  # PostgreSQL offers it again after a crash
    piece.write_bytes(b"other")
    assert keep() == 1  # another server
    assert (archive / "0001.gz.age").read_bytes() == first
    assert sorted(file.name for file in archive.iterdir()) == ["0001.gz.age", "0001.sha256"]


def test_a_backup_without_a_public_key_is_refused(tmp_path, settings):
    settings.MEDIA_ROOT.mkdir()
    if not shutil.which("age"):
        pytest.skip("no age on this machine: sudo apt install age")
    environment = {**os.environ, "BACKUP_RECIPIENTS": str(tmp_path / "none"), "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    refused = subprocess.run(
        [DEPLOY / "backup", tmp_path / "backups"], env=environment, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "No public key" in refused.stderr
