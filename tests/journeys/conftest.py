"""Debian's Chromium against a live portal: real transactions, real background work, phone and desk."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, BrowserContext, Page

from batikportal.models import OutboxMessage

CHROMIUM = shutil.which("chromium")
# Playwright runs its own event loop in this thread; Django's guard against that is meant for servers.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
PHONE = {"width": 375, "height": 740}
DESK = {"width": 1280, "height": 900}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@cache
def lacking() -> str:
    """What the machine lacks to drive a browser, and how to get it; empty when it can."""
    if CHROMIUM is None:
        return "Chromium is not installed (sudo apt install chromium libatomic1)"
    driver, _script = compute_driver_executable()
    if subprocess.run([driver, "--version"], capture_output=True).returncode:
        return "Playwright's driver does not start (sudo apt install libatomic1)"
    return ""


@pytest.hookimpl(tryfirst=True)  # before -m is applied
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" not in item.path.parts:
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True))
        if lacking() and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason=lacking()))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if lacking():
        pytest.fail(f"CI must run the browser journeys: {lacking()}")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@dataclass
class Visitor:
    """Somebody with a browser of a given size; clicks by the words on the screen."""

    context: BrowserContext
    page: Page
    base_url: str
    errors: list[str]

    def open(self, path: str) -> Page:
        self.page.goto(self.base_url + path)
        return self.page

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label).first.fill(value)

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for(state="visible")

    def log_in(self, login: str, password: str) -> None:
        self.open(reverse("account_login"))
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("main button[type=submit]").first.click()
        self.page.wait_for_url(lambda url: reverse("account_login") not in url)


@pytest.fixture
def visitor(browser: Browser, live_server) -> Callable[..., Visitor]:
    """``visitor(PHONE)``: a fresh browser; console errors, refused requests and foreign hosts fail the test."""
    visitors: list[Visitor] = []

    def arrive(size: dict[str, int] = PHONE, **options) -> Visitor:
        context = browser.new_context(viewport=size, locale="id-ID", timezone_id="Asia/Jakarta", **options)
        page = context.new_page()
        page.set_default_timeout(15_000)
        errors: list[str] = []
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "request",
            lambda request: (
                errors.append(f"foreign request: {request.url}")
                if not request.url.startswith((live_server.url, "data:", "blob:"))
                else None
            ),
        )
        visitors.append(Visitor(context, page, live_server.url, errors))
        return visitors[-1]

    yield arrive
    for guest in visitors:
        guest.context.close()
    assert [error for guest in visitors for error in guest.errors if "status of 4" not in error] == []


@pytest.fixture
def background_work() -> Callable[[], None]:
    """Do all waiting background work now, as the worker process would."""

    def work() -> None:
        call_command("db_worker", batch=True, startup_delay=False, reload=False, interval=0.1, verbosity=0)

    return work


@pytest.fixture
def last_message() -> Callable[[], str]:
    """The text of the newest message in the outbox."""
    return lambda: OutboxMessage.objects.order_by("-pk").values_list("body", flat=True)[0]


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page, one line a rule."""
    axe = Axe()

    def scan(page: Page) -> list[str]:
        found = axe.run(page).response["violations"]
        return [f"{rule['id']}: {rule['nodes'][0]['html'][:150]}" for rule in found]

    return scan
