"""Takes the pictures of the README from a running demo: ``make demo`` in one terminal, this in another.

    .venv/bin/python docs/screenshots.py [http://localhost:8000]

Needs Chromium and the packages of requirements/browser.txt.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).with_name("images")
PASSWORD = "batik-demo-2026"  # noqa: S105 - the demo prints it on the terminal
PHONE, DESK = (390, 780), (1280, 860)
# file name, size, login, path
PICTURES = (
    ("home-phone", PHONE, "", "/"),
    ("workspace-phone", PHONE, "081200000001", "/usaha/"),
    ("dashboard", DESK, "walikota@contoh.invalid", "/dasbor/"),
    ("results", DESK, "petugas.dlh@contoh.invalid", "/air-limbah/hasil/"),
    ("gaps", DESK, "petugas.dinperinaker@contoh.invalid", "/pekerja/perlindungan/"),
    ("activity", DESK, "petugas.dindagkop@contoh.invalid", "/pasar/"),
)


def log_in(page: Page, base: str, login: str) -> None:
    page.goto(base + "/akun/masuk/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()


def save_small(png: bytes, name: str) -> None:
    """Half the width and 128 colours: about 30 kB a picture."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.thumbnail((900, 900))
    image.quantize(128).save(IMAGES / f"{name}.png", optimize=True)


def main(base: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (width, height), login, path in PICTURES:
            page = browser.new_context(viewport={"width": width, "height": height}, locale="id-ID").new_page()
            if login:
                log_in(page, base, login)
            page.goto(base + path)
            save_small(page.screenshot(), name)
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
