"""The baseline as the file that is committed, and what writing it came to."""

from __future__ import annotations

from gatekeeper.model.exception.waiver import Baseline
from gatekeeper.render.json_text import dump
from gatekeeper.render.shapes import BaselineJson


def render_baseline(baseline: Baseline) -> str:
    """The baseline as JSON text with a final line end, one entry a line, so that a diff shows what is accepted."""
    shape: BaselineJson = {
        "schema_version": "1",
        "findings": [
            {
                "rule": entry.code,
                "path": entry.path,
                "subject": entry.subject,
                "fingerprint": entry.fingerprint,
                "count": entry.count,
            }
            for entry in baseline.entries
        ],
    }
    return dump(shape, depth=2) + "\n"
