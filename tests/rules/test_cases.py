"""Every rule's page and every case file is run: a little repository is written out, and the findings are compared.

A fence is a file of that repository (` ```md path=docs/tracker.md `). Words after the path: `untracked`, `ignored`, `empty`, `bytes` (escapes such as
`\\xe9` stand for bytes), `repeat=N` (the text N times), `count=N` (N files, `{n}` in the path counts from 1), `kind=backlog` (what the policy file says
it is). In case files `~~~~expect` holds the expected findings (`path:line:column severity CODE`): all of the file's own code, or with `expect all` all
there are. Lines below a finding that begin with two blanks hold more of it: `  says MESSAGE`, `  help WORDS`, `  fix TEXT`, `  subject WORDS` and, for
each of its related locations, `  see path:line:column MESSAGE`. `~~~~renames` holds `old -> new` lines, `~~~~options` the rule's options as JSON and
`~~~~today` the day that counts as today, else 2026-06-15; what `.gatekeeper.yml` says of contracts, the environment, authority and lanes holds. `trusted`
files are what the trusted commit holds; where there are some, its law is in force and the other one only proposed. A finding that is excepted is expected
with `waived` or `baselined` behind its code. The path `.git/commits` stands for the ids of HEAD and its ancestors, `.git/elsewhere` for those of other
commits.
Files with `past=N` are those of the Nth commit, beside those of the commits before it; what has no such word is the last commit.

`tools/mutants.py` runs the same checks against rules that it has broken on purpose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace

from gatekeeper.engine.exemptions import TrustedBase
from gatekeeper.engine.gate.facts import gate_facts
from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings, conclude, with_history, with_standing
from gatekeeper.engine.settle import join
from gatekeeper.engine.validate.environment import find_environment
from gatekeeper.link.project import link_documents
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.model.project import Project
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
    r"|  (?:says|help|fix|subject|see) \S.*$"
)
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
    past: dict[int, dict[str, bytes]] = field(default_factory=dict)
    kinds: dict[str, DocumentKind] = field(default_factory=dict)
    today: str = "2026-06-15"

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
            word.split("=")[0]: int(word.split("=")[1])
            for word in words
            if re.fullmatch(r"(repeat|count|past)=\d+", word)
        }
        where = self.untracked if "untracked" in words else self.ignored if "ignored" in words else self.files
        where = self.trusted if "trusted" in words else where
        where = self.past.setdefault(counts["past"], {}) if "past" in counts else where
        for number in range(1, counts.get("count", 1) + 1):
            name = (path[1] or path[2]).replace("{n}", str(number))
            for word in words:
                if word.startswith("kind="):
                    self.kinds[name] = DocumentKind(word.removeprefix("kind="))
            where[name] = b"" if "empty" in words else data * counts.get("repeat", 1)

    def snapshots(self) -> list[dict[str, bytes]]:
        """All files of each commit, the last one included; none where a case tells nothing of the past."""
        told: list[dict[str, bytes]] = []
        for number in sorted(self.past):
            told.append({**(told[-1] if told else {}), **self.past[number]})
        return [*told, self.files] if told else []

    def linked(self) -> Linked:
        tree = MemoryTree(
            self.files,
            untracked=self.untracked,
            ignored=self.ignored,
            renamed=self.renamed,
            commits=self.commits,
            elsewhere=self.elsewhere,
            past=self.snapshots(),
        )
        own = policy_of(self.files)
        law = policy_of(self.trusted) if self.trusted else own
        trusted = TrustedBase("main", MemoryTree(self.trusted), own) if self.trusted else None
        settings = RunSettings(today=self.today, policy=law, trusted=trusted)
        readable = {**self.files, **self.untracked}
        documents = [
            parse_document(path, data, ParseSettings(law.statuses, self.kinds.get(path)))
            for path, data in readable.items()
            if path.endswith((".md", ".txt", ".yaml", ".json")) and path not in (law.waivers.file, law.baseline)
        ]
        project = with_standing(link_documents(documents, tree, self.today, law.contracts, FactReader()), law)
        if law.environment is not None:
            project = replace(project, environment=find_environment(tree, law.environment))
        return Linked(replace(project, gates=gate_facts(project, law, tree, self.today)), tree, settings)


@dataclass(frozen=True)
class Linked:
    project: Project
    tree: MemoryTree
    settings: RunSettings

    def findings(self, rules: Iterable[type[Rule]], options: dict[str, dict]) -> list[Finding]:
        made = [rule(options.get(rule.info.code)) for rule in rules]
        project = with_history(self.project, made, self.tree, self.settings.policy)
        settlement, last, _ = conclude(made, project, self.tree, self.settings)
        return list(join(settlement.findings, last))


def policy_of(files: dict[str, bytes]) -> Policy:
    return read_policy(LAW, files[LAW]) if LAW in files else Policy()


def shown(finding: Finding) -> str:
    start = finding.location.start
    shown = f"{finding.location.path}:{start.line}:{start.column} {finding.severity} {finding.code}"
    return shown if finding.disposition is Disposition.ACTIVE else f"{shown} {finding.disposition}"


def details(finding: Finding) -> list[str]:
    """The lines that a case may hold below the finding's own."""
    places = [(one.path, one.start.line, one.start.column, one.message) for one in finding.related]
    return [
        f"  says {finding.message}",
        f"  help {finding.help}",
        f"  fix {finding.fix}",
        f"  subject {finding.subject}",
        *(f"  see {path}:{line}:{column} {message}".rstrip() for path, line, column, message in places),
    ]


def told(found: list[Finding], expected: list[str]) -> list[str]:
    """The findings as a case holds them: with those kinds of details that it holds for the finding at the same place."""
    groups: list[list[str]] = []
    for line in expected:
        groups[-1].append(line.split()[0]) if line.startswith("  ") else groups.append([])
    lines: list[str] = []
    for at, finding in enumerate(found):
        kinds = groups[at] if at < len(groups) else []
        lines += [shown(finding), *(line for line in details(finding) if line.split()[0] in kinds)]
    return lines


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
        elif words == ["today"]:
            case.repository.today = body.strip()
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
    check_case(case, path.stem, case.repository.linked(), RULES)


def check_case(case: Case, code: str, linked: Linked, rules: Iterable[type[Rule]]) -> None:
    found = linked.findings(rules, {code: case.options})
    own = told([one for one in found if case.is_whole or one.code == code], case.expected or [])
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
    check_bad_example(rule, examples(rule, "Bad").linked(), RULES)
    check_good_example(rule, examples(rule, "Good").linked(), RULES)


def check_bad_example(rule: type[Rule], linked: Linked, rules: Iterable[type[Rule]]) -> None:
    """The code is found, and its findings say what was read and what to do."""
    bad = linked.findings(rules, {})
    own = [finding for finding in bad if finding.code == rule.info.code]
    assert own, bad
    for finding in own:
        assert finding.message == " ".join(finding.message.split())
        assert not finding.message.endswith(".")
        assert finding.help
        assert finding.subject
        assert (finding.name, finding.severity) == (rule.info.name, rule.info.severity)


def check_good_example(rule: type[Rule], linked: Linked, rules: Iterable[type[Rule]]) -> None:
    good = [one for one in linked.findings(rules, {}) if one.disposition is Disposition.ACTIVE]
    assert [shown(one) for one in good if one.severity != "note"] == []
