"""How a report leaves: in the forms that were asked for, and as an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence

from msgspec import Struct

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.options import Options
from gatekeeper.cli.stream.output import deliver
from gatekeeper.model.finding import Disposition, Severity
from gatekeeper.model.report import Report
from gatekeeper.render.style import Style

_FOR_LOGS = ("terminal", "github", "azure")


class Delivery(Struct, frozen=True):
    """What a command says of its report beside the shared flags.

    Attributes:
        command: its name, which keeps its results apart from those of others.
        fail_on: the least severity that fails.
        show: dispositions whose findings the text shows too.
    """

    command: str
    fail_on: Severity = Severity.ERROR
    show: Sequence[str] = ()


def deliver_report(report: Report, options: Options, delivery: Delivery) -> None:
    """Writes a report in each form where the flags want it; GitHub's also to the job's summary.

    Raises:
        ConfigError: a file or stdout cannot be written.
    """
    for name, target in options.files:
        deliver([_render(name, report, options, delivery, options.style_for(target))], target, data=True)
    name, style = options.format, options.style()
    text = _render(name, report, options, delivery, style)
    if name == "terminal" and not options.is_to_file:
        text = _for_log(text)
    deliver([text], options.output, data=name != "terminal", color=style.color)
    summary = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if summary and "github" in (name, *(one for one, _ in options.files)):
        from gatekeeper.cli.stream.summary import append_summary

        append_summary(report, summary)


def _render(name: str, report: Report, options: Options, delivery: Delivery, style: Style) -> str:
    if name in _FOR_LOGS:
        if name != "terminal":
            style = Style(style.color, style.width, True)
        return _with_commands(name, _text(report, options, delivery, style), report)
    return _render_data(name, report, delivery)


def _render_data(name: str, report: Report, delivery: Delivery) -> str:
    """A form for programs; each is loaded when it is asked for."""
    if name == "sarif":
        from gatekeeper.render.ci.sarif import GITHUB_RESULTS, render_sarif

        return render_sarif(report, delivery.command, GITHUB_RESULTS)
    if name == "gitlab":
        from gatekeeper.render.ci.gitlab import render_gitlab

        return render_gitlab(report)
    if name == "junit":
        from gatekeeper.render.ci.junit import render_junit

        return render_junit(report, delivery.fail_on)
    if name == "rdjson":
        from gatekeeper.render.ci.rdjson import render_rdjson

        return render_rdjson(report)
    if name == "markdown":
        from gatekeeper.render.ci.summary import render_summary

        return render_summary(report)
    from gatekeeper.render.json_report import render_report as render_json

    return render_json(report)


def _text(report: Report, options: Options, delivery: Delivery, style: Style) -> str:
    if report.disagreements is not None:
        from gatekeeper.render.disagreements import render_disagreements

        return render_disagreements(report, style)
    from gatekeeper.render.terminal import render_report

    return render_report(report, style, options.verbosity, frozenset(map(Disposition, delivery.show)))


def _with_commands(name: str, text: str, report: Report) -> str:
    """The text, in which the CI system finds no command, and below it the commands that are ours."""
    if name == "github":
        from gatekeeper.render.ci.github import fence, render_github

        beside = " and the job summary" if os.environ.get("GITHUB_STEP_SUMMARY") else ""
        return fence(text) + render_github(report, f"the log above{beside}")
    if name == "azure":
        from gatekeeper.render.ci.azure import defuse, render_azure

        return defuse(text) + render_azure(report)
    return text


def _for_log(text: str) -> str:
    """Text that was asked for by name, made harmless where a CI system reads along."""
    from gatekeeper.cli.stream.forms import detected

    reader = detected(os.environ)
    if reader == "github":
        from gatekeeper.render.ci.github import fence

        return fence(text)
    if reader == "azure":
        from gatekeeper.render.ci.azure import defuse

        return defuse(text)
    return text


def verdict(report: Report, fail_on: Severity, exit_zero: bool) -> Exit:
    """How the run ends; what could not be read is a finding, so nothing checked counts only without any."""
    active = (finding for finding in report.findings if finding.disposition is Disposition.ACTIVE)
    if any(finding.severity.rank >= fail_on.rank for finding in active):
        return Exit.PASS if exit_zero else Exit.FINDINGS
    return Exit.PASS if report.has_checked else Exit.NOTHING
