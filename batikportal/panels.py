"""The registry on the public home: how many make batik, and how."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal import small_cells
from batikportal.choices import BATIK_TECHNIQUES, Focus
from batikportal.contracts import Panel
from batikportal.queries import registry


def read_public(user, enterprise, today: date) -> dict[str, Any]:
    """Active enterprises and what they make; an enterprise with two techniques counts in both."""
    counts = registry.technique_counts()
    techniques = [(technique.label, small_cells.publishable(counts[technique])) for technique in BATIK_TECHNIQUES]
    return {"total": small_cells.publishable(registry.active_enterprises().count()), "techniques": techniques}


PANELS = [
    Panel(
        code="portal.registry",
        title=_("Usaha batik"),
        focus=Focus.SHARED,
        audience="public",
        template="home/_registry.html",
        read=read_public,
    ),
]
