"""The page in a real browser, from a file and without a network: it is quiet, it filters and sorts, it is inert and accessible."""

from __future__ import annotations

import os
import re
import shutil
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.model.view.board import Board
from gatekeeper.render.board.data import board_data
from gatekeeper.render.board.links import Links
from gatekeeper.render.board.markup.page import render_page

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = os.environ.get("GATEKEEPER_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
WIDTHS = (1440, 768, 390)
# Tells of everything that the page tries and may not.
WATCH = "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));"
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="THE PAGE WAS NOT TRIED IN A BROWSER: no chromium here (.ci/run installs it on Debian)"
)

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a board's page in a context of its own; at the end nothing may have been said, asked for or opened."""
    said: list[str] = []
    contexts = []

    def open_page(board: Board, width: int = 1440, **more: Any) -> Any:
        file = tmp_path / "board.html"
        links = Links("https://git.example/boat/blob/{commit}/{path}#L{line}", board.report.revision or "")
        file.write_text("".join(render_page(board_data(board, links))), "utf-8", errors="backslashreplace")
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **more)
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
        page.on(
            "request", lambda request: None if request.url.startswith(("file:", "data:,")) else said.append(request.url)
        )
        page.on("popup", lambda popup: said.append(f"popup {popup.url}"))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def shown(page: Any) -> int:
    count: int = page.locator("#list tbody tr:visible").count()
    return count


def settle(page: Any) -> None:
    """Waits until what was typed has been worked off."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_words_and_choices_filter_and_the_count_says_so(show: Open, board: Board) -> None:
    page = show(board)
    count, form = page.locator("#count"), page.get_by_role("search")
    assert (shown(page), count.inner_text(), count.get_attribute("aria-live")) == (4, "4 items", "polite")
    page.get_by_label("Words").fill("RIG tracker.md:8")
    settle(page)
    assert (shown(page), count.inner_text()) == (1, "1 of 4 items")
    page.get_by_role("button", name="Clear").click()
    settle(page)
    playwright.expect(count).to_have_text("4 items")
    for label, choice, expected in (
        ("Status", "done (1)", 1),
        ("Evidence", "missing", 1),
        ("Evidence", "none given", 2),
        ("Unit", "Sprint 2", 2),
        ("Gate", "Sea gate", 1),
    ):
        form.get_by_label(label).select_option(label=choice)
        settle(page)
        assert shown(page) == expected, (label, choice)
        form.get_by_label(label).select_option(index=0)
    page.get_by_label("With findings").check()
    settle(page)
    assert shown(page) == 1


def test_a_cell_of_the_heat_map_shows_its_items(show: Open, board: Board) -> None:
    page = show(board)
    page.locator("#heat tbody tr >> nth=1").get_by_role("button").nth(1).click()
    playwright.expect(page.locator("#count")).to_have_text("1 of 4 items")
    assert "Sails" in page.locator("#list tbody tr:visible").text_content()
    assert page.evaluate("document.activeElement.id") == "unit"


def test_headings_sort_by_keyboard_and_say_which_way(show: Open, board: Board) -> None:
    page = show(board)
    heading = page.locator("#list").get_by_role("columnheader", name="Item", exact=True)
    first = page.locator("#list tbody tr >> nth=0")
    page.get_by_role("button", name="Item").focus()
    page.keyboard.press("Enter")
    assert (heading.get_attribute("aria-sort"), "Hull" in first.text_content()) == ("ascending", True)
    page.keyboard.press("Space")
    assert (heading.get_attribute("aria-sort"), "Name the boat" in first.text_content()) == ("descending", True)
    page.get_by_role("button", name="Evidence", exact=True).click()
    assert heading.get_attribute("aria-sort") is None
    page.get_by_role("button", name="Evidence", exact=True).click()
    assert "Sails" in first.text_content()


def test_the_keyboard_reaches_everything(show: Open, board: Board) -> None:
    page = show(board)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the gates"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    names = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        names.add(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", names
    assert {"words", "status", "proof", "unit", "gate", "found", "SUMMARY", "A", "BUTTON"} <= names


def test_links_lead_to_lines_and_rules_open(show: Open, board: Board) -> None:
    page = show(board)
    link = page.get_by_role("link", name="docs/tracker.md:7", exact=True).first
    assert link.get_attribute("href") == f"https://git.example/boat/blob/{board.report.revision}/docs/tracker.md#L7"
    page.locator("#list").get_by_role("link", name="EV001").click()
    assert page.locator("#rule-EV001 details").get_attribute("open") is not None
    assert page.locator("#rule-EV001").get_by_text("is not there").is_visible()


def test_one_button_unfolds_and_folds_all(show: Open, board: Board) -> None:
    page = show(board)
    page.get_by_role("button", name="Unfold all").click()
    assert page.locator("details:not([open])").count() == 0
    assert page.get_by_text("run-199.json").is_visible()
    page.get_by_role("button", name="Fold all").click()
    assert page.locator("details[open]").count() == 0


def test_without_scripts_everything_is_there(show: Open, board: Board) -> None:
    page = show(board, java_script_enabled=False)
    assert shown(page) == 4
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#fold").is_visible()
    assert page.locator("#list thead button").count() == 0
    assert page.locator("#count").inner_text() == "4 items"


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_out_of_the_page(show: Open, board: Board, hostile: Board, width: int) -> None:
    for one in (board, hostile):
        page = show(one, width)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        out = page.evaluate(
            "Array.from(document.querySelectorAll('main *:not(.hidden)')).filter(e => !e.closest('.scroll') && !e.closest('.hidden') && "
            "e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 200))"
        )
        assert out == []


def test_hostile_words_do_nothing(show: Open, hostile: Board) -> None:
    page = show(hostile)
    assert page.evaluate("document.scripts.length") == 1
    assert (
        page.locator("main img, main script, main style, main iframe, main [onerror], main [onmouseover]").count() == 0
    )
    protocols = page.evaluate("Array.from(new Set(Array.from(document.links, link => link.protocol)))")
    assert set(protocols) <= {"https:", "file:"}
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert page.locator("h1").inner_text() == "<script>alert(1)</script>"
    for link in page.locator("main a:visible").all()[:5]:
        link.hover()
    page.get_by_label("Words").fill("<script>")
    settle(page)
    assert re.fullmatch(r"\d+ of 11 items|11 items", page.locator("#count").inner_text())


def test_the_policy_of_the_page_lets_nothing_else_in(browser: Any, board: Board, tmp_path: Path) -> None:
    """The same page with a script, a style and an image slipped in: none of them has an effect."""
    text = "".join(render_page(board_data(board, Links())))
    slipped = "<script>document.title='x'</script><style>main{display:none}</style><img src='https://x.example/y.png'>"
    (tmp_path / "board.html").write_text(text.replace("</header>", slipped + "</header>"), "utf-8")
    context = browser.new_context()
    context.add_init_script(WATCH)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "board.html").as_uri())
    assert page.title() == "harbor/boat: gates and evidence"
    assert page.locator("main").is_visible()
    assert {line.split()[1] for line in said if line.startswith("CSP ")} == {
        "script-src-elem",
        "style-src-elem",
        "img-src",
    }
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(show: Open, board: Board, hostile: Board, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    for one in (board, hostile):
        page = show(one, width, color_scheme=scheme)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        found = axe.Axe().run(page).response["violations"]
        assert [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found] == []


def test_it_prints_on_a_page_or_more(show: Open, board: Board, tmp_path: Path) -> None:
    page = show(board, color_scheme="dark")
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.startswith(b"%PDF-")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_ten_thousand_items_filter_while_somebody_types(show: Open, large: Board) -> None:
    """A bound well above what is aimed at (100 ms), so that a busy machine does not fail it."""
    page = show(large)
    page.get_by_label("Words").focus()
    times = []
    for key in "boat 42":
        page.evaluate(
            "() => { window.took = new Promise(done => document.getElementById('words').addEventListener('input', () => {"
            " const start = performance.now(); requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));"
            " }, { once: true })); }"
        )
        page.keyboard.type(key)
        times.append(page.evaluate("window.took"))
    expected = sum(" boat 42 " in item.title for item in large.items)
    assert 0 < shown(page) < 1000
    assert shown(page) >= expected
    assert statistics.median(times) < 1000
