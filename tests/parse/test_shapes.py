"""Every shape of status document, told by example: `shapes/T*.md` hold documents and the items that stand in them.

A case is a `##` title, a sentence of why, one document fence and what must be read from it:

    ~~~~md path=docs/plan.md newline=crlf
    ...the document...
    ~~~~

    ~~~~items
    7 done 01 | Foundation build | Done | gate=CI gate | evidence=src/a.py, src/b.py
    ~~~~

Document options: `newline=crlf|cr|mixed`, `bom`, `encoding=mojibake|mojibake-turkish|utf-16|cp1252`.

Items: `<line> <status> <id> | <title> | <raw status> | <name>=<value> ...`. The set of lines must be exact; a part that is
left out or `*` is not checked, `-` is none, `a/b` are both right, `\\|` is a bar. Names: gate, parent, owner, kind, evidence and refs
(lists with `, `, in any order; may be repeated), tests, column.

Also `~~~~legend` (`<line> <status> <token>`, exact), `~~~~entries` (`<line> <date> <number>`, exact), `~~~~claims`
(`<line> <kind> name=value ...`, at least these) and `~~~~document` (`kind=`, `title=`, `problems=`, `template=`).

Run as a program it says what is amiss in the files or folders named, `shapes/pending` for one.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.parse.reader import parse_document

SHAPES = Path(__file__).resolve().parent / "shapes"
_FENCE = re.compile(r"^~~~~(?P<info>[^\n]*)\n(?P<body>.*?)^~~~~$", re.MULTILINE | re.DOTALL)
_BAR = re.compile(r"(?<!\\) \| ")
_NAMED = re.compile(r"(gate|parent|owner|kind|evidence|refs|tests|column)=(.*)$", re.DOTALL)
_FENCES = {"items", "legend", "entries", "claims", "document"}


@dataclass(frozen=True)
class Case:
    """One document and what must be read from it."""

    name: str
    path: str
    data: bytes
    expected: dict[str, list[str]] = field(default_factory=dict)


def read_cases(file: Path) -> list[Case]:
    """The cases of one shape file, in order."""
    text = file.read_text("utf-8")
    found = []
    for part in re.split(r"^## ", _hide_fences(text), flags=re.MULTILINE)[1:]:
        title, _, body = _show_fences(part).partition("\n")
        fences = list(_FENCE.finditer(body))
        assert fences, f"{file.name}: {title} has no document"
        document, *rest = fences
        expected = {match["info"].strip(): match["body"].splitlines() for match in rest}
        assert expected, f"{file.name}: {title} expects nothing"
        assert expected.keys() <= _FENCES, f"{file.name}: {title} expects {sorted(expected)}"
        path, data = _document(document["info"], document["body"])
        found.append(Case(f"{file.stem}: {title.strip()}", path, data, expected))
    return found


def _hide_fences(text: str) -> str:
    return _FENCE.sub(lambda match: match[0].replace("\n## ", "\n\0## "), text)


def _show_fences(text: str) -> str:
    return text.replace("\0## ", "## ")


def _document(info: str, body: str) -> tuple[str, bytes]:
    """The path and the bytes that a document fence stands for."""
    words = info.split()
    options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
    data = _encode(_with_line_ends(body, options.get("newline", "lf")), options.get("encoding", "utf-8"))
    return options["path"].replace("%20", " "), (b"\xef\xbb\xbf" if "bom" in words else b"") + data


def _with_line_ends(text: str, newline: str) -> str:
    if newline == "mixed":
        lines = text.split("\n")
        return "".join(line + ("\r\n" if index % 2 else "\n") for index, line in enumerate(lines[:-1])) + lines[-1]
    return text.replace("\n", {"lf": "\n", "crlf": "\r\n", "cr": "\r"}[newline])


def _encode(text: str, encoding: str) -> bytes:
    if encoding == "mojibake":
        return _misread(text, "cp1252")
    if encoding == "mojibake-turkish":
        return _misread(text, "cp1254")
    return text.encode(encoding)


def _misread(text: str, codec: str) -> bytes:
    """The text saved as UTF-8, opened as Windows text and saved as UTF-8 again, as careless editors do."""
    letters = []
    for byte in text.encode("utf-8"):
        try:
            letters.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            letters.append(chr(byte))
    return "".join(letters).encode("utf-8")


def find_faults(case: Case) -> list[str]:
    """What the parser reads otherwise than the case says; empty when all agrees."""
    document = parse_document(case.path, case.data)
    faults = []
    if "items" in case.expected:
        faults += _item_faults(document, case.expected["items"])
    if "legend" in case.expected:
        have = [
            f"{_line(document, entry.span.start)} {entry.status} {entry.token}" for entry in document.legend.entries
        ]
        faults += _list_faults("legend", have, case.expected["legend"])
    if "entries" in case.expected:
        have = [
            f"{_line(document, entry.span.start)} {entry.date or '-'} {'-' if entry.number is None else entry.number}"
            for entry in document.entries
        ]
        faults += _list_faults("entry", have, case.expected["entries"])
    if "claims" in case.expected:
        faults += _claim_faults(document, case.expected["claims"])
    for line in case.expected.get("document", []):
        name, _, value = line.partition("=")
        have = _fact(document, name)
        if have != value:
            faults.append(f"{name}: expected {value!r}, got {have!r}")
    return faults


def _line(document: Document, offset: int) -> int:
    return document.source.position(offset).line


def _list_faults(what: str, have: list[str], want: list[str]) -> list[str]:
    missing = [f"{what} missed: {line}" for line in want if line not in have]
    return missing + [f"{what} extra: {line}" for line in have if line not in want]


def _fact(document: Document, name: str) -> str:
    if name == "problems":
        return ", ".join(sorted({problem.kind.value for problem in document.problems})) or "-"
    if name == "template":
        return "yes" if document.is_template else "no"
    return str({"kind": document.kind.value, "title": document.title, "owner": document.owner}[name] or "-")


def _claim_faults(document: Document, want: list[str]) -> list[str]:
    have = {}
    for claim in document.claims:
        have.setdefault((_line(document, claim.span.start), claim.kind), []).append(dict(claim.values))
    faults = []
    for line in want:
        number, kind, *pairs = line.split()
        values = {name: value for name, _, value in (pair.partition("=") for pair in pairs)}
        found = have.get((int(number), kind), [])
        if not any(all(str(one.get(name)) == value for name, value in values.items()) for one in found):
            faults.append(f"claim missed: {line}; got {found}")
    return faults


def _item_faults(document: Document, want: list[str]) -> list[str]:
    have = {_line(document, item.span.start): item for item in document.items}
    wanted = {}
    for line in want:
        head, *parts = _BAR.split(line)
        number, status, *name = head.split(maxsplit=2)
        assert int(number) not in wanted, f"line {number} is expected twice"
        wanted[int(number)] = (status, name[0] if name else "*", parts)
    faults = [] if len(have) == len(document.items) else ["two items on one line"]
    for number in sorted(set(have) - set(wanted)):
        item = have[number]
        faults.append(f"line {number}: extra item {item.title!r} [{_raw(item)}]")
    for number, (status, name, parts) in sorted(wanted.items()):
        if number not in have:
            faults.append(f"line {number}: missed item [{status} {name} {' | '.join(parts)}]")
        else:
            faults += [f"line {number}: {fault}" for fault in _one_item(document, have[number], status, name, parts)]
    return faults


def _raw(item: WorkItem) -> str | None:
    return item.mark.raw if item.mark else None


def _one_item(document: Document, item: WorkItem, status: str, name: str, parts: list[str]) -> list[str]:
    plain = [part.replace(r"\|", "|").strip() for part in parts]
    words = [part for part in plain if not _NAMED.match(part)]
    assert len(words) <= 2, f"more than a title and a raw status: {words}"
    checks = [("status", status, item.status.value), ("id", name, item.id)]
    checks += list(zip(("title", "raw"), words, (item.title, _raw(item)), strict=False))
    faults = [
        f"{what}: expected {wish!r}, got {have!r} [{item.title!r} {_raw(item)!r}]"
        for what, wish, have in checks
        if wish != "*" and (have or "-") not in (wish.split("/") if what == "status" else [wish])
    ]
    lists: dict[str, list[str]] = {}
    for part in plain:
        if match := _NAMED.match(part):
            lists.setdefault(match[1], []).extend([] if match[2] == "-" else match[2].split(", "))
    for what, wish in lists.items():
        have_list = _values(document, item, what)
        if sorted(have_list) != sorted(wish):
            faults.append(f"{what}: expected {wish}, got {have_list} [{item.title!r}]")
    return faults


def _values(document: Document, item: WorkItem, what: str) -> list[str]:
    if what == "evidence":
        return [ref.target for ref in item.evidence]
    if what == "tests":
        return [test.name for ref in item.evidence for test in ref.tests]
    if what == "refs":
        return list(item.refs)
    if what == "column":
        return [str(document.source.position(item.span.start).column)]
    value = getattr(item, what)
    return [] if value is None else [str(value)]


CASES = [case for file in sorted(SHAPES.glob("*.md")) for case in read_cases(file)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_items_of_a_document_are_read_as_its_team_means_them(case: Case) -> None:
    faults = find_faults(case)
    assert not faults, "\n".join(faults)


def test_every_shape_has_its_cases() -> None:
    shapes = {file.stem for file in SHAPES.glob("*.md")} | {file.stem for file in (SHAPES / "pending").glob("*.md")}
    assert shapes >= {f"T{number:02d}" for number in range(1, 31)} | {"T01b"}


def main(places: list[str]) -> int:
    """Print what is amiss in the case files named; the count of cases that fail."""
    files = [
        file for place in map(Path, places) for file in ([place] if place.is_file() else sorted(place.glob("*.md")))
    ]
    failing = 0
    for case in [case for file in files for case in read_cases(file)]:
        faults = find_faults(case)
        failing += bool(faults)
        print(f"{'FAIL' if faults else 'ok  '} {case.name}")
        print("".join(f"       {fault}\n" for fault in faults), end="")
    return failing


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:] or [str(SHAPES), str(SHAPES / "pending")]), 1))
