"""Joins the stylesheets into static/css/portal.css, the one that pages link: `python -m batikportal.stylesheets`."""

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "static" / "css"
TARGET = FOLDER / "portal.css"


def sources() -> list[Path]:
    """The stylesheets in the order of the cascade; addresses inside them are relative to static/css/."""
    first = [FOLDER / name for name in ("tokens.css", "base.css", "layout.css")]
    return [*first, *sorted((FOLDER / "components").glob("*.css")), FOLDER / "print.css"]


def shortened(css: str) -> str:
    """The same rules without comments and needless space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r"([{;][a-z-]+): ", r"\1:", css)
    return css.replace(";}", "}").strip()


def joined() -> str:
    """All sources as one stylesheet, one line each."""
    return "".join(f"{shortened(path.read_text())}\n" for path in sources())


if __name__ == "__main__":
    TARGET.write_text(joined())
    sys.stdout.write(f"{TARGET.name}: {TARGET.stat().st_size} bytes\n")
