"""Every rule's page and every case file is run: a little repository is written out, and the findings are compared.

A fence is a file of that repository (` ```md path=docs/tracker.md `). Words after the path: `untracked`, `ignored`, `empty`, `bytes` (escapes such as
`\\xe9` stand for bytes), `repeat=N` (the text N times), `count=N` (N files, `{n}` in the path counts from 1). In case files `~~~~expect` holds the expected
findings (`path:line:column severity CODE`): all of the file's own code, or with `expect all` all there are; `~~~~renames` holds `old -> new` lines and
`~~~~options` the rule's options as JSON; the contracts of `.gatekeeper.yml` hold. `trusted` files are what the trusted commit holds; where there are some,
its law is in force and the other one only proposed. A finding that is excepted is expected with `waived` or `baselined` behind its code. The path
`.git/commits` stands for the ids of HEAD and its ancestors, `.git/elsewhere` for those of other commits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gatekeeper.engine.exemptions import TrustedBase
from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings, conclude
from gatekeeper.engine.settle import join
from gatekeeper.link.project import link_documents
from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.parse.facts import FactReader
from gatekeeper.parse.reader import ParseSettings, parse_document
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.rules.base import Rule
from gatekeeper.rules.registry import RULES, find_rule

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*/*.md"))
FENCE = re.compile(
    r"^(?P<fence>`{3,}|~{4,})(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL
)
HEADING = re.compile(r"^## (.+)\n", re.MULTILINE)
LINE = re.compile(
    r"(?P<place>.+:\d+:\d+) (?P<severity>error|warning|note) (?P<code>[A-Z]{2}\d{3})(?: (?:waived|baselined))?$"
)
TODAY = "2026-06-15"
LAW = ".gatekeeper.yml"


@dataclass
class Repository:
    files: dict[str, bytes] = field(default_factory=dict)
    untracked: dict[str, bytes] = field(default_factory=dict)
    ignored: dict[str, bytes] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    commits: list[str] | None = None
    elsewhere: list[str] = field(default_factory=list)
    trusted: dict[str, bytes] = field(default_factory=dict)

    def add(self, info: str, text: str) -> None:
        words = info.split()
        path = re.search(r"path=(?:\"([^\"]+)\"|(\S+))", info)
        assert path, f"a fence without a path: {info}"
        if path[2] == ".git/commits":
            self.commits = text.split()
            return
        if path[2] == ".git/elsewhere":
            self.elsewhere = text.split()
            return
        data = text.encode("latin-1").decode("unicode_escape").encode("latin-1") if "bytes" in words else text.encode()
        counts = {
            word.split("=")[0]: int(word.split("=")[1]) for word in words if re.fullmatch(r"(repeat|count)=\d+", word)
        }
        where = self.untracked if "untracked" in words else self.ignored if "ignored" in words else self.files
        where = self.trusted if "trusted" in words else where
        for number in range(1, counts.get("count", 1) + 1):
            name = (path[1] or path[2]).replace("{n}", str(number))
            where[name] = b"" if "empty" in words else data * counts.get("repeat", 1)

    def findings(self, options: dict[str, dict]) -> list[Finding]:
        tree = MemoryTree(
            self.files,
            untracked=self.untracked,
            ignored=self.ignored,
            renamed=self.renamed,
            commits=self.commits,
            elsewhere=self.elsewhere,
        )
        own = policy_of(self.files)
        law = policy_of(self.trusted) if self.trusted else own
        trusted = TrustedBase("main", MemoryTree(self.trusted), own) if self.trusted else None
        settings = RunSettings(today=TODAY, policy=law, trusted=trusted)
        readable = {**self.files, **self.untracked}
        documents = [
            parse_document(path, data, ParseSettings(law.statuses))
            for path, data in readable.items()
            if path.endswith((".md", ".txt", ".yaml", ".json")) and path not in (law.waivers.file, law.baseline)
        ]
        project = link_documents(documents, tree, TODAY, law.contracts, FactReader())
        rules = [rule(options.get(rule.info.code)) for rule in RULES]
        settlement, last, _ = conclude(rules, project, tree, settings)
        return list(join(settlement.findings, last))


def policy_of(files: dict[str, bytes]) -> Policy:
    return read_policy(LAW, files[LAW]) if LAW in files else Policy()


def shown(finding: Finding) -> str:
    start = finding.location.start
    shown = f"{finding.location.path}:{start.line}:{start.column} {finding.severity} {finding.code}"
    return shown if finding.disposition is Disposition.ACTIVE else f"{shown} {finding.disposition}"


@dataclass
class Case:
    title: str
    repository: Repository = field(default_factory=Repository)
    expected: list[str] | None = None
    is_whole: bool = False
    options: dict = field(default_factory=dict)


def parse_case(title: str, text: str) -> Case:
    case = Case(title)
    for match in FENCE.finditer(text):
        words, body = match["info"].split(), match["text"]
        if words[:1] == ["expect"]:
            case.expected, case.is_whole = [line for line in body.splitlines() if line.strip()], "all" in words
        elif words == ["renames"]:
            case.repository.renamed |= dict(line.split(" -> ") for line in body.splitlines())
        elif words == ["options"]:
            case.options = json.loads(body)
        else:
            case.repository.add(match["info"], body)
    return case


def iter_sections(text: str) -> Iterator[tuple[str, str]]:
    """Title and text below each `##` heading that stands outside of fences."""
    fences = [match.span() for match in FENCE.finditer(text)]
    starts = [
        match for match in HEADING.finditer(text) if not any(start <= match.start() < end for start, end in fences)
    ]
    for match, following in zip(starts, [*starts[1:], None], strict=True):
        yield match[1].strip(), text[match.end() : following.start() if following else None]


def iter_cases() -> Iterator[object]:
    for path in CASES:
        for title, text in iter_sections(path.read_text("utf-8")):
            yield pytest.param(path, title, text, id=f"{path.stem}: {title}")


@pytest.mark.parametrize(("path", "title", "text"), list(iter_cases()))
def test_a_case_gives_what_it_expects(path: Path, title: str, text: str) -> None:
    case = parse_case(title, text)
    assert case.expected is not None, "no expect block"
    assert case.repository.files or case.repository.untracked, "no files"
    assert all(LINE.match(line) for line in case.expected), case.expected
    prose = FENCE.sub("", text).strip()
    assert prose.endswith((".", "?")), "no sentence that says why"
    found = case.repository.findings({path.stem: case.options})
    own = [shown(one) for one in found if case.is_whole or one.code == path.stem]
    assert own == case.expected, "\n".join(f"{shown(one)} {one.message}" for one in found)


def test_every_rule_has_cases_that_fire_and_cases_that_stay_silent() -> None:
    for rule in RULES:
        code = rule.info.code
        texts = [path.read_text("utf-8") for path in CASES if path.stem == code]
        assert len(texts) == 1, f"{code}: {len(texts)} case files"
        expects = [match["text"] for match in FENCE.finditer(texts[0]) if match["info"].split()[:1] == ["expect"]]
        assert any(f" {code}" in text for text in expects), f"{code}: no case fires"
        assert any(f" {code}" not in text for text in expects), f"{code}: no case stays silent"


def test_case_files_stand_in_their_rules_family() -> None:
    for path in CASES:
        rule = find_rule(path.stem)
        assert rule is not None, path
        assert rule.__module__.split(".")[2] == path.parent.name, path


def examples(rule: type[Rule], heading: str) -> Repository:
    repository = Repository()
    for match in FENCE.finditer(dict(iter_sections(rule.info.page))[heading]):
        repository.add(match["info"], match["text"])
    assert repository.files, f"{rule.info.code} has no files under {heading}"
    return repository


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
def test_a_page_s_bad_example_gives_the_code_and_its_good_example_nothing(rule: type[Rule]) -> None:
    bad = [shown(one) for one in examples(rule, "Bad").findings({})]
    assert [line for line in bad if line.endswith(rule.info.code)], bad
    good = [
        shown(one)
        for one in examples(rule, "Good").findings({})
        if one.severity != "note" and one.disposition is Disposition.ACTIVE
    ]
    assert good == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
def test_a_finding_says_what_was_read_and_what_to_do(rule: type[Rule]) -> None:
    for finding in examples(rule, "Bad").findings({}):
        if finding.code == rule.info.code:
            assert finding.message == " ".join(finding.message.split())
            assert not finding.message.endswith(".")
            assert finding.help
            assert finding.subject
            assert (finding.name, finding.severity) == (rule.info.name, rule.info.severity)
