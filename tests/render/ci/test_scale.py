"""Every form of a report grows with its findings and no faster, and is the same whatever the process is like."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from gatekeeper.model.report import Report
from gatekeeper.render.ci.azure import render_azure
from gatekeeper.render.ci.github import render_github
from gatekeeper.render.ci.gitlab import render_gitlab
from gatekeeper.render.ci.junit import render_junit
from gatekeeper.render.ci.rdjson import render_rdjson
from gatekeeper.render.ci.sarif import render_sarif
from gatekeeper.render.ci.summary import render_summary

FORMS = (render_azure, render_github, render_gitlab, render_junit, render_rdjson, render_sarif, render_summary)


@pytest.mark.parametrize("render", FORMS, ids=lambda render: render.__name__)
def test_ten_thousand_findings_take_seconds(render: Callable[[Report], str], many: Callable[[int], Report]) -> None:
    small, large = many(350), many(3_500)
    fast, slow = (min(seconds(render, report) for _ in range(2)) for report in (small, large))
    # Ten times as much, three times as long again where the machine is busy.
    assert slow < max(30 * fast, 0.5)
    assert slow < 20


def seconds(render: Callable[[Report], str], report: Report) -> float:
    start = time.process_time()
    assert render(report)
    return time.process_time() - start
