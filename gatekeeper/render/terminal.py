"""A report for people: findings with their source lines, and one line that sums up."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.report import Input, InputState, Report
from gatekeeper.render.layout.excerpt import cut_excerpt
from gatekeeper.render.layout.words import counted
from gatekeeper.render.style import Style

_LEAST_ROOM = 20


def render_report(report: Report, style: Style, verbosity: int = 0, show: frozenset[Disposition] = frozenset()) -> str:
    """The report as text that ends with a line end, or "" when there is nothing to say.

    Args:
        report: what was found.
        style: the terminal's abilities.
        verbosity: below 0 findings alone; 0 the summary too; from 1 on also what is waived, baselined, set aside or
            unreadable, with the reason; from 2 on also what was parsed, as what and why.
        show: what is listed at any verbosity: waived findings, baselined ones.
    """
    active = [finding for finding in report.findings if finding.disposition is Disposition.ACTIVE]
    blocks = ["\n".join(_finding_lines(finding, style)) for finding in active]
    shown = set(show) | ({Disposition.WAIVED, Disposition.BASELINED} if verbosity > 0 else set())
    blocks.extend("\n".join(lines) for lines in _accepted_lists(report, style, shown) if lines)
    if verbosity > 0:
        blocks.extend("\n".join(lines) for lines in _accounts(report, style, verbosity) if lines)
    if verbosity >= 0:
        blocks.append(summary_line(report, style))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _finding_lines(finding: Finding, style: Style) -> Iterator[str]:
    places = (finding.location, *finding.related)
    gutter = max(len(str(place.start.line)) for place in places)
    yield f"{_place(finding.location, style)}: {style.severity(finding.severity, finding.code)} {style.show(finding.message)}"
    yield from _excerpt_lines(finding.location, gutter, finding.severity.value, "^", style)
    for related in finding.related:
        note = f": {style.show(related.message)}" if related.message else ""
        yield f"{' ' * gutter}{style.paint('gutter', ':::')} {_place(related, style)}{note}"
        yield from _excerpt_lines(related, gutter, "gutter", "-", style)
    remedy = style.show(finding.help) or f"`gatekeeper rule {style.show(finding.code)}` explains"
    yield f"{' ' * gutter} {style.paint('gutter', '=')} {style.paint('help', 'help:')} {remedy}"


def _place(location: Location, style: Style) -> str:
    path = style.paint("strong", style.show(location.path))
    return f"{path}:{location.start.line}:{location.start.column}"


def _excerpt_lines(location: Location, gutter: int, role: str, mark: str, style: Style) -> Iterator[str]:
    """The source line and its marks; nothing for a place without text."""
    if not location.excerpt.strip():
        return
    excerpt = cut_excerpt(location, max(_LEAST_ROOM, style.width - gutter - 3), style)
    bar = style.paint("gutter", "|")
    number = style.paint("gutter", str(location.start.line).rjust(gutter))
    yield f"{' ' * gutter} {bar}"
    yield f"{number} {bar} {excerpt.line}"
    yield f"{' ' * gutter} {bar} {' ' * excerpt.before}{style.paint(role, mark * excerpt.marked)}"


def _accepted_lists(report: Report, style: Style, shown: set[Disposition]) -> Iterator[list[str]]:
    for disposition in (Disposition.WAIVED, Disposition.BASELINED):
        if disposition in shown:
            accepted = [finding for finding in report.findings if finding.disposition is disposition]
            yield _listing(disposition.value, [_accepted(finding, style) for finding in accepted], style)


def _accounts(report: Report, style: Style, verbosity: int) -> Iterator[list[str]]:
    """What became of the files of which the findings do not speak, each with its reason."""
    states = [(InputState.UNREADABLE, "unreadable"), (InputState.SET_ASIDE, "set aside")]
    for state, title in states + [(InputState.PARSED, "parsed")] * (verbosity > 1):
        yield _listing(title, [_input(entry, style) for entry in report.inputs_in(state)], style)


def _listing(title: str, lines: list[str], style: Style) -> list[str]:
    return [style.paint("strong", f"{title}:"), *(f"  {line}" for line in lines)] if lines else []


def _accepted(finding: Finding, style: Style) -> str:
    line = f"{_place(finding.location, style)}: {style.show(f'{finding.severity.value}[{finding.code}] {finding.message}')}"
    waiver = finding.waiver
    if waiver is None:
        return line
    owner = f" by {waiver.owner}" if waiver.owner else ""
    place = f"{waiver.location.path}:{waiver.location.start.line}"
    return f"{line}\n    {style.show(f'waived{owner} until {waiver.until} ({place}): {waiver.reason}')}"


def _input(entry: Input, style: Style) -> str:
    kind = f" {style.show(entry.kind)}," if entry.kind else ""
    return f"{style.show(entry.path)}:{kind} {style.show(entry.reason)}".rstrip(" :,")


def summary_line(report: Report, style: Style) -> str:
    """What was found in what, and what does not show: one line without its end."""
    parsed = report.inputs_in(InputState.PARSED)
    if not report.has_checked:
        return style.paint("warning", "nothing was checked") + _left_out(report)
    law = f"; by the law of {style.show(report.trusted)}" if report.trusted else ""
    return f"{_tally(report, style)} in {_scope(report, len(parsed))}{_left_out(report)}{law}{_fixable(report)}"


def _fixable(report: Report) -> str:
    """How many active findings `gatekeeper fix` mends, or would with a person's look at it; "" for none."""
    fixes = [one.fix for one in report.findings if one.fix is not None and one.disposition is Disposition.ACTIVE]
    safe = sum(fix.is_safe for fix in fixes)
    if not fixes:
        return ""
    return (
        f"; {safe} fixable with `gatekeeper fix`" if safe else f"; {len(fixes)} fixable with `gatekeeper fix --unsafe`"
    )


def _scope(report: Report, documents: int) -> str:
    """What was looked at; of what the law does not speak nothing is said, nor of documents where only something else was."""
    beside = [(report.contracts, "contract"), (report.variables, "variable")]
    counts = [counted(number, noun) for number, noun in beside if number]
    if documents or not counts:
        scope = f"{counted(report.items, 'item')}, {counted(report.evidence, 'evidence reference')}"
        counts.insert(0, f"{counted(documents, 'document')} ({scope})")
    return " and ".join([", ".join(counts[:-1]), counts[-1]] if len(counts) > 1 else counts)


def _tally(report: Report, style: Style) -> str:
    counts = [(severity.value, report.count(severity)) for severity in Severity]
    tally = ", ".join(style.paint(name, counted(count, name)) for name, count in counts if count)
    return tally or style.paint("good", "no findings")


def _left_out(report: Report) -> str:
    """What does not show above, from the second clause of the summary on."""
    accepted = [
        f"{count} {disposition.value}"
        for disposition in (Disposition.WAIVED, Disposition.BASELINED)
        if (count := sum(report.count(severity, disposition) for severity in Severity))
    ]
    unread = [
        f"{counted(count, 'file')} {words}"
        for state, words in ((InputState.SET_ASIDE, "set aside"), (InputState.UNREADABLE, "unreadable"))
        if (count := len(report.inputs_in(state)))
    ]
    older = [f"{counted(report.older, 'older finding')} outside of the change"] if report.older else []
    return "".join(f"; {', '.join(clauses)}" for clauses in (accepted, unread, older) if clauses)
