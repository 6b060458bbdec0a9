"""What `mkdocs` needs to know about these pages: where those stand that nobody listed, and what a fence with a path is.

`mkdocs.yml` names this file under `hooks`; mkdocs calls the functions whose names begin with `on_`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs"

_FENCE = re.compile(r"^```(?P<kind>\w+) path=(?P<path>\S+)(?P<trusted> trusted)?$", re.MULTILINE)
_NOTE = re.compile(r"\A<!--.*?-->\n+", re.DOTALL)
_CELL = re.compile(r"<td.*?</td>", re.DOTALL)
_EXPECT = re.compile(r"^```expect$", re.MULTILINE)
_FAMILY = re.compile(r"^## (?P<family>.+)$|^\| \[\w+\]\((?P<page>\w+\.md)\)", re.MULTILINE)


def on_config(config: Any) -> Any:
    """The configuration with every page of docs/ in the navigation."""
    for section in config.nav:
        section |= {title: [*pages, *_more(title)] for title, pages in section.items() if isinstance(pages, list)}
    listed = set(_pages(config.nav))
    others = sorted(path.name for path in DOCS.glob("*.md") if path.name not in listed)
    if others:
        config.nav.insert(-2, {"More": others})
    return config


def _more(title: str) -> list[Any]:
    """What stands in a section behind the pages that the configuration lists."""
    if title == "Rules":
        return list(_families())
    if title == "Inside":
        return [{"Decisions": sorted(f"adr/{path.name}" for path in (DOCS / "adr").glob("*.md"))}]
    return []


def _families() -> Iterator[dict[str, list[dict[str, str]]]]:
    """Family -> its pages, as the index of rules has them."""
    family: dict[str, list[dict[str, str]]] = {}
    for match in _FAMILY.finditer((DOCS / "rules" / "README.md").read_text("utf-8")):
        if match["family"]:
            family = {match["family"]: []}
            yield family
        else:
            next(iter(family.values())).append({match["page"].removesuffix(".md"): f"rules/{match['page']}"})


def _pages(nav: Any) -> Iterator[str]:
    """The paths of a navigation, depth first."""
    if isinstance(nav, str):
        yield nav
    for inner in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _pages(inner)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page without the note above its title, with the path of a fence as a title, and with what is expected of it named as that."""
    markdown = _NOTE.sub("", markdown)
    titled = _FENCE.sub(
        lambda match: (
            f'```{match["kind"]} title="{match["path"]}{" (at the commit before)" if match["trusted"] else ""}"'
        ),
        markdown,
    )
    return _EXPECT.sub('```text title="what is found"', titled)


def on_page_content(html: str, **_: Any) -> str:
    """The page with strokes in cells as GitHub shows them: the backslash before one is for the table alone, also in code."""
    return _CELL.sub(lambda match: match[0].replace("\\|", "|"), html)
