"""The summary of a job on GitHub: a file that every step may add to."""

from __future__ import annotations

from pathlib import Path

from gatekeeper.cli.stream.output import complain, reason_of
from gatekeeper.model.report import Report
from gatekeeper.render.ci.summary import SUMMARY_BYTES, render_summary

_LEAST_BYTES = 8_192


def append_summary(report: Report, path: str) -> None:
    """Adds the report in Markdown to the summary at `path`, within what GitHub takes of a step.

    Where that cannot be done a warning says so on stderr: the verdict does not hang on it.
    """
    try:
        file = Path(path)
        room = SUMMARY_BYTES - (file.stat().st_size if file.exists() else 0)
        if room < _LEAST_BYTES:
            complain("the job summary is full: GitHub takes 1 MiB of a step", kind="warning")
            return
        with file.open("ab") as summary:
            summary.write(render_summary(report, room).encode("utf-8", "backslashreplace"))
    except (OSError, ValueError) as error:
        hint = "GITHUB_STEP_SUMMARY names it; the findings stand in the log"
        complain(f"the job summary cannot be written: {reason_of(error)}", hint, kind="warning")
