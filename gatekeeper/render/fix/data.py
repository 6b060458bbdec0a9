"""What was mended and what was not as JSON, for scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from gatekeeper.model.fix.repair import Repair, Rewrite
from gatekeeper.render.fix.diff import render_diff
from gatekeeper.render.fix.shapes import RepairJson, RewriteJson
from gatekeeper.render.json_report import finding_json
from gatekeeper.render.json_text import dump


def render_repair_json(repair: Repair, version: str, unwritten: Mapping[str, str], *, is_done: bool) -> str:
    """The outcome as JSON text with a final line end; `is_done` where files were written and not only shown."""
    shape: RepairJson = {
        "schema_version": "1",
        "tool": {"name": "gatekeeper", "version": version},
        "files": [_rewrite(one, unwritten, is_done=is_done) for one in repair.rewrites],
        "mended": [finding_json(finding) for finding in repair.mended],
        "refused": [{"finding": finding_json(one.finding), "reason": one.reason} for one in repair.refused],
        "unsafe": repair.unsafe,
        "accepted": repair.accepted,
    }
    return dump(shape, depth=2) + "\n"


def _rewrite(one: Rewrite, unwritten: Mapping[str, str], *, is_done: bool) -> RewriteJson:
    before, after = (hashlib.sha256(data).hexdigest() for data in (one.before, one.after))
    return {
        "path": one.path,
        "written": is_done and one.path not in unwritten,
        "reason": unwritten.get(one.path, ""),
        "sha256_before": before,
        "sha256_after": after,
        "diff": render_diff([one]),
    }
