"""QR codes as drawings: for pages under a strict Content-Security-Policy, and for documents."""

import base64
import io

import qrcode
from qrcode.image.svg import SvgPathImage


def svg(text: str) -> str:
    """The text as an SVG drawing; error correction for creased paper."""
    drawing = qrcode.make(text, image_factory=SvgPathImage, error_correction=qrcode.ERROR_CORRECT_M, border=2)
    out = io.BytesIO()
    drawing.save(out)
    return out.getvalue().decode()


def data_uri(text: str) -> str:
    """The drawing in a ``data:`` address, for ``<img src>``."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg(text).encode()).decode()
