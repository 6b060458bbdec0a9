"""Reports in JSON: SARIF, Jest, pytest, Mocha, Playwright, coverage.py, Istanbul; and any other by its keys. LCOV, too."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from gatekeeper.link.claim.source.report.figures import Figures, MalformedError, Value, count_tests

_LCOV = re.compile(r"^(LF|LH|BRF|BRH|FNF|FNH):(\d{1,9})\s*$", re.MULTILINE)
_VALUES_LIMIT = 20_000
_DEPTH_LIMIT = 40


def read_data(data: bytes) -> Figures:
    """The figures of a JSON report.

    Raises:
        MalformedError: no JSON.
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"it is not JSON ({error})") from None
    if not isinstance(content, dict):
        return Figures(values=dict(_flat(content, "", 0)))
    counts = _sarif(content) or _tests(content)
    return Figures(counts, _coverage(content), _first(_flat(content, "", 0)))


def read_lcov(text: str) -> Figures | None:
    """The coverage of an LCOV trace; None when it holds no sums."""
    sums: Counter[str] = Counter()
    for match in _LCOV.finditer(text):
        sums[match[1]] += int(match[2])
    kinds = (("line", "LF", "LH"), ("branch", "BRF", "BRH"), ("function", "FNF", "FNH"))
    percents = {kind: 100 * sums[hit] / sums[found] for kind, found, hit in kinds if sums[found]}
    return Figures(percents=percents) if percents else None


def _sarif(content: Mapping[str, object]) -> dict[str, int]:
    """How many results of each level a SARIF log has; what is suppressed does not count (SARIF 2.1.0 §3.27.10, §3.27.23)."""
    runs = content.get("runs")
    if not isinstance(runs, list) or "version" not in content:
        return {}
    levels: Counter[str] = Counter()
    for run in runs:
        results = run.get("results") if isinstance(run, dict) else None
        for result in results if isinstance(results, list) else ():
            if isinstance(result, dict) and not result.get("suppressions"):
                levels[str(result.get("level", "warning"))] += 1
    return {"results": levels.total(), "errors": levels["error"], "warnings": levels["warning"]}


def _tests(content: Mapping[str, object]) -> dict[str, int]:
    """The counts of the test reports that are known by their keys; {} for others."""
    if "numTotalTests" in content:
        skipped = _whole(content.get("numPendingTests")) + _whole(content.get("numTodoTests"))
        return count_tests(_whole(content["numTotalTests"]), _whole(content.get("numFailedTests")), skipped)
    stats, summary = content.get("stats"), content.get("summary")
    if isinstance(stats, dict) and "passes" in stats and "tests" in stats:
        return count_tests(_whole(stats["tests"]), _whole(stats.get("failures")), _whole(stats.get("pending")))
    if isinstance(stats, dict) and "expected" in stats and "unexpected" in stats:
        passed, failed = _whole(stats["expected"]) + _whole(stats.get("flaky")), _whole(stats["unexpected"])
        return count_tests(passed + failed + _whole(stats.get("skipped")), failed, _whole(stats.get("skipped")))
    if isinstance(summary, dict) and "total" in summary and "tests" in content:
        failed = _whole(summary.get("failed")) + _whole(summary.get("error"))
        skipped = _whole(summary.get("skipped")) + _whole(summary.get("xfailed"))
        return count_tests(_whole(summary["total"]), failed, skipped)
    return {}


def _coverage(content: Mapping[str, object]) -> dict[str, float]:
    totals, total = content.get("totals"), content.get("total")
    if isinstance(totals, dict) and isinstance(totals.get("percent_covered"), int | float):
        return {"line": float(totals["percent_covered"])}
    percents: dict[str, float] = {}
    for kind in ("lines", "statements", "branches", "functions") if isinstance(total, dict) else ():
        part = total.get(kind) if isinstance(total, dict) else None
        percent = part.get("pct") if isinstance(part, dict) else None
        if isinstance(percent, int | float):
            percents[{"branches": "branch"}.get(kind, kind[:-1])] = float(percent)
    return percents


def _flat(content: object, path: str, depth: int) -> Iterator[tuple[str, Value]]:
    """Every scalar with its dotted path, in document order."""
    if depth > _DEPTH_LIMIT:
        return
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _flat(value, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from _flat(value, f"{path}[{index}]", depth + 1)
    elif content is None or isinstance(content, bool):
        yield path, json.dumps(content)
    elif isinstance(content, int | float | str):
        yield path, content


def _first(pairs: Iterator[tuple[str, Value]]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for path, value in pairs:
        values[path] = value
        if len(values) >= _VALUES_LIMIT:
            break
    return values


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e12 else 0
