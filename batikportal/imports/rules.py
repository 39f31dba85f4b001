"""The moves of an import and the limits of a file; the limits follow the security review of spreadsheet uploads."""

from batikportal.imports.choices import RunState

RUN_TRANSITIONS: dict[str, tuple[str, ...]] = {
    RunState.UPLOADED: (RunState.CHECKING, RunState.FAILED, RunState.CANCELLED),
    RunState.CHECKING: (RunState.CHECKED, RunState.FAILED, RunState.CANCELLED),
    RunState.CHECKED: (RunState.APPLYING, RunState.CANCELLED),
    # Back to checked when the data changed between preview and confirmation.
    RunState.APPLYING: (RunState.APPLIED, RunState.CHECKED, RunState.FAILED),
    RunState.APPLIED: (),
    RunState.FAILED: (),
    RunState.CANCELLED: (),
}

UPLOAD_BYTES = 10 * 1024 * 1024
ARCHIVE_ENTRIES = 200
ARCHIVE_BYTES = 40 * 1024 * 1024
ARCHIVE_RATIO = 100
ROWS = 20_000
COLUMNS = 60
CELL_BYTES = 20 * 1024
# Title lines, letterheads and notes may stand above the header, but not more than this.
LINES_ABOVE_HEADER = 25

# Work that has shown no progress for so long was left by a process that ended; it may be started again.
STUCK_AFTER_SECONDS = 120
# Staged rows are needed for the preview and the file of refused rows; they go after this.
KEEP_ROWS_DAYS = 30
