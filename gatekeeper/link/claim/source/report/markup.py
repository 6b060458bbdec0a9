"""Reports in XML: JUnit, Cobertura, JaCoCo, Clover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gatekeeper.link.claim.source.report.figures import Figures, MalformedError, count_tests

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FAILURES = ("failure", "error")


def read_markup(data: bytes) -> Figures | None:
    """The figures of an XML report; None for XML of another kind.

    Raises:
        MalformedError: no XML, or XML that declares entities.
    """
    root = _parse(data)
    name = _plain(root.tag)
    if name in ("testsuites", "testsuite"):
        return _junit(root)
    if name == "coverage":
        return _clover(root) if root.find("project/metrics") is not None else _cobertura(root)
    return _jacoco(root) if name == "report" else None


def _parse(data: bytes) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(data)
    except DefusedXmlException:
        raise MalformedError("it declares entities") from None
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise MalformedError(f"it is not well-formed XML ({error})") from None


def _junit(root: Element) -> Figures | None:
    """Cases are counted where there are any; else the attributes of the outermost suites are believed."""
    cases = [element for element in root.iter() if _plain(element.tag) == "testcase"]
    if cases:
        found = [{_plain(child.tag) for child in case} for case in cases]
        failed = sum(not kinds.isdisjoint(_FAILURES) for kinds in found)
        return Figures(count_tests(len(cases), failed, sum("skipped" in kinds for kinds in found)))
    suites = [one for one in ([root] if root.get("tests") is not None else root) if one.get("tests") is not None]
    if not suites:
        return None
    tests, failures, errors, skipped = (
        sum(_whole(suite.get(name)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    return Figures(count_tests(tests, failures + errors, skipped))


def _cobertura(root: Element) -> Figures | None:
    percents = {
        kind: 100 * rate for kind in ("line", "branch") if (rate := _number(root.get(f"{kind}-rate"))) is not None
    }
    if not _whole(root.get("branches-valid")) and "branches-valid" in root.attrib:
        percents.pop("branch", None)
    return Figures(percents=percents) if percents else None


def _clover(root: Element) -> Figures | None:
    metrics = root.find("project/metrics")
    assert metrics is not None  # the caller has looked
    percents: dict[str, float] = {}
    for kind, part in (("statement", "statements"), ("branch", "conditionals"), ("function", "methods")):
        total = _whole(metrics.get(part))
        if total:
            percents[kind] = 100 * _whole(metrics.get(f"covered{part}")) / total
    return Figures(percents=percents) if percents else None


def _jacoco(root: Element) -> Figures | None:
    percents: dict[str, float] = {}
    for counter in root.findall("counter"):
        covered, missed = _whole(counter.get("covered")), _whole(counter.get("missed"))
        if covered + missed:
            percents[(counter.get("type") or "").lower()] = 100 * covered / (covered + missed)
    return Figures(percents=percents) if percents else None


def _plain(tag: object) -> str:
    """An element's name without its namespace; "" for comments and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _whole(text: str | None) -> int:
    number = _number(text)
    return int(number) if number is not None else 0


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text is not None else None
    except ValueError:
        return None
    return number if number is not None and 0 <= number < 1e12 else None
