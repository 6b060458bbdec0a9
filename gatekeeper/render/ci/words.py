"""Words that several forms for CI share."""

from __future__ import annotations

import re

from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.model.report import Report
from gatekeeper.render.sink import visible

_SURROGATES = re.compile("[\ud800-\udfff]")

NOTHING = "nothing was checked: no document carries status, evidence or gate content"
"""What a form says where silence would look like a pass."""


def active(report: Report) -> list[Finding]:
    """The findings that nobody has accepted, in the report's order."""
    return [finding for finding in report.findings if finding.disposition is Disposition.ACTIVE]


def sentence(finding: Finding) -> str:
    """What was found and what to do, on one line; untrusted text."""
    return f"{finding.message}; {finding.help}" if finding.help else finding.message


def acceptance(finding: Finding) -> str:
    """Who accepts a finding, until when and why, harmless; what accepts it where no waiver does."""
    waiver = finding.waiver
    if waiver is None:
        return finding.disposition.value
    words = [waiver.reason, f"owner {waiver.owner}" if waiver.owner else "", f"until {waiver.until}", waiver.ticket]
    return "; ".join(visible(word) for word in words if word)


def plain_path(path: str) -> str:
    """A path that every reader of JSON takes: bytes that are not UTF-8 become U+FFFD."""
    return _SURROGATES.sub("\ufffd", path)
