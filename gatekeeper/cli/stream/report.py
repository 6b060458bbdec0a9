"""How a report leaves: in the form that was asked for, and as an exit code."""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.options import Options
from gatekeeper.cli.stream.output import deliver
from gatekeeper.model.finding import Disposition, Severity
from gatekeeper.model.report import InputState, Report
from gatekeeper.render.style import Style


def deliver_report(report: Report, options: Options, show: Sequence[str] = ()) -> None:
    """Writes a report where the flags want it; `show` names dispositions whose findings are shown too."""
    style = options.style()
    deliver([_render(report, options, style, show)], options.output, data=options.is_data, color=style.color)


def _render(report: Report, options: Options, style: Style, show: Sequence[str]) -> str:
    if options.is_data:
        from gatekeeper.render.json_report import render_report as render_json

        return render_json(report)
    if report.disagreements is not None:
        from gatekeeper.render.disagreements import render_disagreements

        return render_disagreements(report, style)
    from gatekeeper.render.terminal import render_report

    return render_report(report, style, options.verbosity, frozenset(map(Disposition, show)))


def verdict(report: Report, fail_on: Severity, exit_zero: bool) -> Exit:
    """How the run ends; what could not be read is a finding, so nothing checked counts only without any."""
    active = (finding for finding in report.findings if finding.disposition is Disposition.ACTIVE)
    if any(finding.severity.rank >= fail_on.rank for finding in active):
        return Exit.PASS if exit_zero else Exit.FINDINGS
    was_checked = report.contracts or report.variables or report.findings or report.inputs_in(InputState.PARSED)
    return Exit.PASS if was_checked else Exit.NOTHING
