"""Who may do what with an import; the sheet's own permission counts as well as that of importing at all."""

from batikportal import contracts
from batikportal.imports.choices import RunState
from batikportal.imports.contract import Sheet
from batikportal.models.imports import ImportRun


def may_import(user, sheet: Sheet | None) -> bool:
    """Upload a file for the sheet, and confirm what it would change."""
    return sheet is not None and user.has_perm("batikportal.add_import") and user.has_perm(sheet.permission)


def may_confirm(user, run: ImportRun) -> bool:
    return run.state == RunState.CHECKED and may_import(user, contracts.one("sheets", run.sheet, user))


def may_cancel(user, run: ImportRun) -> bool:
    return run.state in (RunState.UPLOADED, RunState.CHECKING, RunState.CHECKED) and may_import(
        user, contracts.one("sheets", run.sheet, user)
    )
