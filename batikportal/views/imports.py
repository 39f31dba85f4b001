"""Pages of the imports: choose a sheet, upload, preview, confirm, fetch the refused rows."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from batikportal import access, audit
from batikportal.actions import files
from batikportal.forms.imports import UploadForm
from batikportal.imports import actions, handouts, links, permissions, queries
from batikportal.imports.choices import Outcome, RunState
from batikportal.imports.contract import Sheet
from batikportal.models.imports import ImportRun

ROWS_A_PAGE = 50
RUNS_A_PAGE = 25
TABS = (Outcome.REFUSED, Outcome.NEW, Outcome.CHANGED, Outcome.SAME)


def _sheet(request, code: str) -> Sheet:
    sheet = next((sheet for sheet in queries.sheets_for(request.user) if sheet.code == code), None)
    if sheet is None:
        raise Http404
    return sheet


def _run(request, public_id: Any) -> ImportRun:
    return get_object_or_404(queries.runs_for(request.user), public_id=public_id)


@access.needs("batikportal.add_import")
@require_GET
def import_list(request) -> HttpResponse:
    """The sheets that can be filled, and the imports so far."""
    sheets = queries.sheets_for(request.user)
    page = Paginator(queries.runs_for(request.user), RUNS_A_PAGE).get_page(request.GET.get("halaman"))
    titles = {sheet.code: sheet.title for sheet in sheets}
    lines = [(run, titles.get(run.sheet, run.sheet), TONES[run.state]) for run in page]
    return render(request, "imports/import_list.html", {"sheets": sheets, "page": page, "lines": lines})


@access.needs("batikportal.add_import")
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request, code: str) -> HttpResponse:
    """Explains one sheet and takes its file."""
    sheet = _sheet(request, code)
    earlier = None
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            run = actions.upload_file(
                sheet=sheet,
                upload=form.cleaned_data["file"],
                language=get_language() or "id",
                by=request.user,
                at=timezone.now(),
            )
        except actions.AlreadyImported as refused:
            earlier = refused.earlier
            form.add_error("file", str(refused))
        except files.FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("import-run", run.public_id)
    columns = [
        (column, handouts.describe(column), [label for _code, label in column.pairs()]) for column in sheet.columns
    ]
    context = {"sheet": sheet, "form": form, "columns": columns, "earlier": earlier}
    return render(request, "imports/import_new.html", context)


@access.needs("batikportal.add_import")
@require_GET
def import_template(request, code: str, format: str) -> HttpResponse:
    """The empty template of a sheet as CSV or XLSX."""
    sheet = _sheet(request, code)
    makers = {"csv": handouts.template_csv, "xlsx": handouts.template_xlsx}
    if format not in makers:
        raise Http404
    return _attachment(makers[format](sheet), f"templat-{sheet.code}", format)


@access.needs("batikportal.add_import")
@require_GET
def import_run(request, public_id: Any) -> HttpResponse:
    """One import: its progress, its preview, or how it ended."""
    run = _run(request, public_id)
    sheet = queries.sheet_named(run.sheet)
    context = {
        "run": run,
        "sheet": sheet,
        "tone": TONES[run.state],
        "steps": _steps(run),
        "share": run.rows_done / run.rows_count if run.rows_count else None,
        "stuck": run.is_stuck(timezone.now()),
        "may_confirm": permissions.may_confirm(request.user, run),
        "may_cancel": permissions.may_cancel(request.user, run),
        "may_import": permissions.may_import(request.user, sheet),
        "done_url": links.rows_url(sheet, run),
    }
    if sheet is not None and context["may_import"] and run.state in (RunState.CHECKED, RunState.APPLIED):
        context |= _preview(request, run, sheet)
    return render(request, "imports/import_run.html", context)


def _preview(request, run: ImportRun, sheet: Sheet) -> dict[str, Any]:
    """The rows of one outcome, the refused first; the counts stand on the tabs."""
    counts: dict[str, int] = {outcome: getattr(run, f"{outcome}_count") for outcome in TABS}
    chosen = request.GET.get("hasil")
    if chosen not in counts:
        chosen = next((outcome for outcome in TABS if counts[outcome]), Outcome.NEW)
    preview = queries.Preview(run, sheet)
    page = Paginator(preview.rows(chosen), ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    tabs = [(Outcome(code).label, f"?hasil={code}", code == chosen, count) for code, count in counts.items()]
    return {
        "tabs": tabs,
        "chosen": chosen,
        "chosen_label": Outcome(chosen).label,
        "page": page,
        "rows": preview.show(page.object_list),
        "columns": preview.columns,
        # Rows of an old import are cleared away; its counts stay.
        "expired": bool(counts[chosen]) and not page.paginator.count,
    }


@access.needs("batikportal.add_import")
@require_POST
def import_confirm(request, public_id: Any) -> HttpResponse:
    """Have the checked rows written."""
    run = _run(request, public_id)
    try:
        actions.confirm_run(run=run, by=request.user, at=timezone.now())
    except actions.ImportRefused as refused:
        messages.error(request, str(refused))
    return redirect("import-run", run.public_id)


@access.needs("batikportal.add_import")
@require_POST
def import_cancel(request, public_id: Any) -> HttpResponse:
    """Drop an import that was not confirmed."""
    run = _run(request, public_id)
    try:
        actions.cancel_run(run=run, by=request.user, at=timezone.now())
    except actions.ImportRefused as refused:
        messages.error(request, str(refused))
        return redirect("import-run", run.public_id)
    messages.success(request, _("Impor “%(name)s” dibatalkan. Tidak ada data yang berubah.") % {"name": run.file_name})
    return redirect("import-list")


@access.needs("batikportal.add_import")
@require_POST
def import_restart(request, public_id: Any) -> HttpResponse:
    """Start stuck background work anew."""
    run = _run(request, public_id)
    actions.restart_run(run=run, by=request.user, at=timezone.now())
    return redirect("import-run", run.public_id)


@access.needs("batikportal.add_import")
@require_GET
def import_refused(request, public_id: Any, format: str) -> HttpResponse:
    """The refused rows in the layout of the upload, with a column that says what is wrong."""
    run = _run(request, public_id)
    sheet = queries.sheet_named(run.sheet)
    rows = run.rows.filter(outcome=Outcome.REFUSED).order_by("line")
    if sheet is None or not permissions.may_import(request.user, sheet):
        raise Http404
    if format not in handouts.CONTENT_TYPES or not rows.exists():
        raise Http404
    # Only who brought the personal identifiers gets them back in clear, and it is noted.
    clear = run.created_by_id == request.user.pk
    secrets = [name for name in sheet.secrets if name in run.positions]
    if secrets and clear:
        audit.read(request.user, run, fields=secrets, purpose=_("Memperbaiki baris impor yang ditolak"))
    table = handouts.refused_rows(run, sheet, rows, secrets_in_clear=clear)
    as_xlsx = format == "xlsx"
    data = handouts.xlsx_file(table, handouts.text_columns(run, sheet)) if as_xlsx else handouts.csv_file(table)
    return _attachment(data, f"ditolak-{run.file_name.rsplit('.', 1)[0]}", format)


def _attachment(data: bytes, name: str, format: str) -> HttpResponse:
    response = HttpResponse(data, content_type=handouts.CONTENT_TYPES[format])
    plain_name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)[:80]
    response.headers["Content-Disposition"] = f'attachment; filename="{plain_name}.{format}"'
    response.headers["Cache-Control"] = "no-store"
    return response


TONES: dict[str, str] = {
    RunState.UPLOADED: "neutral",
    RunState.CHECKING: "info",
    RunState.CHECKED: "warning",
    RunState.APPLYING: "info",
    RunState.APPLIED: "good",
    RunState.FAILED: "bad",
    RunState.CANCELLED: "neutral",
}
_STAGES: dict[str, int] = {
    RunState.UPLOADED: 1,
    RunState.CHECKING: 1,
    RunState.CHECKED: 2,
    RunState.APPLYING: 3,
    RunState.APPLIED: 4,
}


def _steps(run: ImportRun) -> list[dict[str, str]]:
    """The four steps of an import and where this one stands."""
    labels = [_("Unggah berkas"), _("Pemeriksaan"), _("Persetujuan Anda"), _("Penyimpanan")]
    if run.state in (RunState.FAILED, RunState.CANCELLED):
        reached = 3 if run.confirmed_at else 2 if run.checked_at else 1
        states = ["done"] * reached + ["stopped"] + ["todo"] * (3 - reached)
    else:
        reached = _STAGES[run.state]
        states = ["done"] * reached + ["current"] * (reached < 4) + ["todo"] * (3 - reached)
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]
