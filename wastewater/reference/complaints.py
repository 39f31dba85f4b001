"""Writes the first categories, terms, agencies and routing of complaints, from complaints.toml, in a migration."""

import tomllib
from pathlib import Path
from typing import Any

BOOK = Path(__file__).with_name("complaints.toml")


def load(apps: Any) -> None:
    """Fill the empty tables; `apps` are the models as of the migration."""
    book = tomllib.loads(BOOK.read_text(encoding="utf-8"))

    def model(name: str) -> Any:
        return apps.get_model("wastewater", name)

    start = book["term"].pop("valid_from")
    terms = book["term"]

    def term(kind: str, name: str, category: Any = None) -> None:
        model("ComplaintTerm").objects.create(
            kind=kind, category=category, valid_from=start, pauses=kind == "answer", **terms[name]
        )

    for kind in ("first_response", "forwarding", "reply", "reopen", "retention"):
        term(kind, kind)
    # A category that somebody adds later starts with the widest promise, and is given its own afterwards.
    term("answer", "with_field_check")
    categories = {}
    for row in book["category"]:
        field_check, normative = row.pop("field_check"), row.pop("normative", False)
        categories[row["code"]] = category = model("ComplaintCategory").objects.create(**row)
        if field_check:
            term("verification", "verification", category)
        else:
            term("answer", "normative" if normative else "without_field_check", category)
    agencies = {row["code"]: model("Agency").objects.create(**row) for row in book["agency"]}
    for row in book["route"]:
        names = {key: agencies[row.pop(key)] for key in ("agency", "partner") if key in row}
        model("RoutingRule").objects.create(**row, **names)
    hint = book["hint"]
    for colour, dyes in hint.pop("dyes").items():
        model("ColourHint").objects.create(colour=colour, dyes=dyes, **hint)
    for row in book["template"]:
        model("ResponseTemplate").objects.create(**row)
