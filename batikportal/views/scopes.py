"""From what a reader asked to the scope that is shown; wrong input is answered by words and the default."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from batikportal.contracts import Scope
from batikportal.dashboard import periods
from batikportal.forms.dashboard import ScopeForm
from batikportal.queries import areas


@dataclass(frozen=True)
class Asked:
    """The scope to show, the name of its period, what was wrong in the question, and the filter form to draw."""

    scope: Scope
    period_name: str
    problems: list[str]
    form: ScopeForm
    given: Mapping[str, Any]

    @property
    def query(self) -> dict[str, str]:
        """The scope as parameters that a link of the dashboard carries; a named period stays named."""
        if not self.period_name:
            return self.scope.query()
        chosen = {} if self.period_name == periods.DEFAULT else {"periode": self.period_name}
        return chosen | ({"kecamatan": self.scope.area.code} if self.scope.area else {})


def asked(data: Mapping[str, Any], today: date, form_class: type[ScopeForm] = ScopeForm) -> Asked:
    """Read period and kecamatan from a query; one query for the list of kecamatan."""
    districts = areas.districts()
    read = form_class(data, districts=districts, today=today)
    read.is_valid()
    given = read.cleaned_data
    name, period = given.get("periode", ""), given.get("period")
    if period is None:
        name, period = periods.DEFAULT, periods.usual(today)
    scope = Scope(period, read.districts.get(given.get("kecamatan", "")), today)
    problems = [str(error) for errors in read.errors.values() for error in errors]
    shown = given | scope.query() | {"periode": name}
    form = form_class(initial=shown, districts=districts, today=today)
    return Asked(scope, name, problems, form, given)
