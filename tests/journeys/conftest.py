"""A real browser for the journeys: Debian's Chromium, in Indonesian; skipped where there is none, but never in CI."""

import os
import shutil

import pytest

NO_CHROMIUM = "no Chromium on this machine: sudo apt install chromium"

# Playwright keeps an event loop in the test's thread, and Django's ORM is wary of loops.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(tryfirst=True)  # before -m is applied
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"page", "context", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        if os.environ.get("CI"):
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    # Containers run as root and have little shared memory.
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "locale": "id-ID", "timezone_id": "Asia/Jakarta"}
