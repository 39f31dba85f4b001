"""Gives the test run a private PostgreSQL when the environment names none, before Django reads its settings."""

import os
from pathlib import Path

import pytest

from batikportal import devdb


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start or reuse the test server; workers of xdist inherit its address and start none."""
    if os.environ.get("DATABASE_URL"):
        return
    folder = os.environ.get("DEVDB_DATA") or early_config.rootpath / ".devdb/test"
    try:
        os.environ["DATABASE_URL"] = devdb.ensure(Path(folder), fast=True)
    except devdb.DevdbError as error:
        raise pytest.UsageError(str(error)) from error
