"""The report of a packet as tables: a sheet for each gate, and what all of them share; HTML and Markdown write the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from gatekeeper.model.claim import ClaimVerdict
from gatekeeper.model.gate.verdict import Demand
from gatekeeper.model.packet.content import LeftOut, PackedFile
from gatekeeper.render.board.shapes import (
    DashboardItemJson,
    DashboardJson,
    DashboardWaiverJson,
    GateJson,
    PlaceJson,
    ProofJson,
    RequirementJson,
)
from gatekeeper.render.layout.words import counted

Row = tuple[str, ...]
_PLACES_SHOWN = 5
_COMMIT_DIGITS = 12


class Table(Struct, frozen=True):
    """A table of plain words.

    Attributes:
        heads: of its columns.
        codes: numbers of the columns that hold paths, digests and the like, from 0.
        states: numbers of the columns that hold a state.
        none: what is said where it has no row.
    """

    title: str
    heads: Row
    rows: tuple[Row, ...]
    codes: tuple[int, ...] = ()
    states: tuple[int, ...] = ()
    none: str = "None."


class Sheet(Struct, frozen=True):
    """What is told of one gate.

    Attributes:
        state: the verdict.
        facts: what is told of it in a line each: a label and its words.
    """

    name: str
    state: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]


class Report(Struct, frozen=True):
    """What a report tells.

    Attributes:
        facts: of the whole, a label and its words each.
        gates: what each of them came to.
        sheets: one for each gate, in their order.
        annex: what is told of all gates together.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    gates: Table
    sheets: tuple[Sheet, ...]
    annex: tuple[Table, ...]


def find_report(data: DashboardJson, files: Sequence[PackedFile], left_out: Sequence[LeftOut]) -> Report:
    """The report about the gates of a dashboard, and the files that they stand on.

    Args:
        data: the dashboard of these gates alone.
        files: by path.
        left_out: those that the packet was to hold and does not.
    """
    held = _Files(files)
    gates = Table("Verdicts", ("Gate", "Verdict", "Not met"), tuple(map(_verdict, data["gates"])), states=(1,))
    return Report(
        title=data["title"]
        or (data["gates"][0]["name"] if len(data["gates"]) == 1 else counted(len(data["gates"]), "gate")),
        facts=tuple(_facts(data, files)),
        gates=gates,
        sheets=tuple(_sheet(gate, data, held) for gate in data["gates"]),
        annex=tuple(_annex(data, files, left_out)),
    )


class _Files:
    """Packed files by path and by folder."""

    def __init__(self, files: Sequence[PackedFile]) -> None:
        self._files = files
        self._paths = [file.path for file in files]

    def below(self, path: str) -> Sequence[PackedFile]:
        """The file of this path, or those of the folder; none for what is not packed."""
        if not path:
            return ()
        at = bisect_left(self._paths, path)
        if at < len(self._paths) and self._paths[at] == path:
            return self._files[at : at + 1]
        folder = path.rstrip("/")
        # The slash is followed by the zero.
        return self._files[bisect_left(self._paths, f"{folder}/") : bisect_left(self._paths, f"{folder}0")]


def _facts(data: DashboardJson, files: Sequence[PackedFile]) -> Iterator[tuple[str, str]]:
    yield "Day", data["today"]
    yield "Commit", data["revision"] or "none"
    yield "Law", data["policy"]["sha256"] or "no policy file"
    blanked = sum(bool(file.redactions) for file in files)
    yield "Files", counted(len(files), "file") + (f", something blanked out in {blanked}" if blanked else "")
    yield "Made by", f"gatekeeper {data['tool']['version']}"


def _verdict(gate: GateJson) -> Row:
    lacking = [one["title"] for one in gate["requirements"] if one["state"] not in ("met", "waived")]
    return gate["name"], gate["state"].value, "; ".join(lacking)


def _sheet(gate: GateJson, data: DashboardJson, held: _Files) -> Sheet:
    items = [item for item in data["items"] if item["gate"] == gate["name"]]
    paths = {item["path"] for item in items} | {place["path"] for place in gate["places"]}
    waivers = [one for one in data["waivers"] if any(cover["path"] in paths for cover in one["covers"])]
    signed = [one for one in gate["requirements"] if one["demand"] is Demand.APPROVAL]
    return Sheet(
        gate["name"],
        gate["state"].value,
        tuple(_gate_facts(gate)),
        (
            Table(
                "Requirements",
                ("Needed", "State", "Why", "Where"),
                tuple(map(_requirement, gate["requirements"])),
                (3,),
                (1,),
                "Nothing is asked of this gate.",
            ),
            Table(
                "Claims",
                ("Claimed of", "As written", "Read as", "Where", "Last change"),
                (*_decisions(gate), *map(_item, items)),
                (3,),
                (2,),
                "No document claims anything of this gate.",
            ),
            Table(
                "Evidence",
                ("Evidence", "State", "File", "SHA-256", "Last change"),
                tuple(_evidence(gate, items, held)),
                (0, 2, 3),
                (1,),
                "No evidence is given.",
            ),
            Table(
                "Waivers",
                ("Rule", "For", "Until", "Owner", "Approved by", "Reason"),
                tuple(map(_waiver, waivers)),
                none="No waiver touches the documents of this gate.",
            ),
            Table(
                "Sign-offs",
                ("Sign-off", "State", "Why", "Where"),
                tuple(map(_requirement, signed)),
                (3,),
                (1,),
                "No sign-off is asked for, and none is written.",
            ),
        ),
    )


def _gate_facts(gate: GateJson) -> Iterator[tuple[str, str]]:
    if gate["unit"]:
        yield "Closes", gate["unit"]
    if gate["owner"]:
        yield "Owner", gate["owner"]
    if gate["aliases"]:
        yield "Also called", ", ".join(gate["aliases"])
    if turn := gate["turn"]:
        yield "By the calendar", f"{turn['state'].value} from {turn['day']}: {turn['reason']}"


def _requirement(one: RequirementJson) -> Row:
    places = [_at(place) for place in one["places"][:_PLACES_SHOWN]]
    more = len(one["places"]) - len(places)
    return one["title"], one["state"].value, one["reason"], ", ".join([*places, *[f"and {more} more"] * (more > 0)])


def _decisions(gate: GateJson) -> Iterator[Row]:
    for one in gate["decisions"]:
        who = f"the gate, by {one['who']}" if one["who"] else "the gate"
        place = f"{one['path']}:{one['line']}"
        yield who, one["raw_status"], _words(one["status"]), place, _change(one["since_date"], one["since"])


def _item(item: DashboardItemJson) -> Row:
    name = " ".join(word for word in dict.fromkeys((item["id"], item["title"])) if word)
    changed = item["changed"]
    when = _change(changed["date"], changed["commit"]) if changed else ""
    return name, item["raw_status"], _words(item["status"]), f"{item['path']}:{item['line']}", when


def _evidence(gate: GateJson, items: Iterable[DashboardItemJson], held: _Files) -> Iterator[Row]:
    """Each piece of evidence once, with every file that it leads to; then what the law asks for by its path."""
    told: set[str] = set()
    for proof in {proof["target"]: proof for item in items for proof in item["evidence"]}.values():
        files = held.below(proof["path"])
        told.update(file.path for file in files)
        yield from (_proof(proof, file) for file in files)
        if not files:
            yield proof["target"], proof["state"].value, proof["path"], "", ""
    asked: dict[str, RequirementJson] = {}
    for one in gate["requirements"]:
        for place in one["places"]:
            asked.setdefault(place["path"], one)
    for path, one in asked.items():
        for file in held.below(path):
            if file.path not in told and file.role == "evidence":
                yield one["title"], one["state"].value, file.path, file.sha256, _last(file)


def _proof(proof: ProofJson, file: PackedFile) -> Row:
    return proof["target"], proof["state"].value, file.path, file.sha256, _last(file)


def _waiver(one: DashboardWaiverJson) -> Row:
    until = one["expires"] or "no last day"
    standing = "" if one["standing"] == "in force" else f" ({one['standing'].value})"
    return one["code"], one["scope"], until + standing, one["owner"], one["approved_by"], one["reason"]


def _annex(data: DashboardJson, files: Sequence[PackedFile], left_out: Sequence[LeftOut]) -> Iterator[Table]:
    found = [
        (one["severity"].value, f"{one['code']} {one['name']}", f"{one['path']}:{one['line']}", one["message"])
        for one in data["findings"]
    ]
    yield Table("Findings", ("Severity", "Rule", "Where", "What"), tuple(found), (2,), (0,))
    claims = [
        (one["text"], one["verdict"].value, one["source"], f"{one['path']}:{one['line']}")
        for one in data["claims"]
        if one["verdict"] is not ClaimVerdict.ASSERTED
    ]
    if claims:
        yield Table(
            "Claims held against the repository", ("Claim", "Verdict", "By", "Where"), tuple(claims), (3,), (1,)
        )
    sayings = [
        (one["item"], saying["raw_status"], _words(saying["status"]), f"{saying['path']}:{saying['line']}")
        for one in data["contradictions"]
        for saying in one["sayings"]
    ]
    if sayings:
        yield Table("Contradictions", ("Item", "As written", "Read as", "Where"), tuple(sayings), (3,), (2,))
    heads = ("File", "Role", "Bytes", "SHA-256", "Git's id", "Last change")
    yield Table("Files", heads, tuple(map(_file, files)), (0, 3, 4))
    if left_out:
        yield Table("Left out", ("File", "Why"), tuple((one.path, one.reason) for one in left_out), (0,))


def _file(file: PackedFile) -> Row:
    blanked = f" ({len(file.redactions)} blanked out)" if file.redactions else ""
    role = f"{file.role}{blanked}{'' if file.is_embedded else ', by digest alone'}"
    return file.path, role, str(file.size), file.sha256, file.blob[:_COMMIT_DIGITS], _last(file)


def _last(file: PackedFile) -> str:
    return _change(file.author_date, file.commit)


def _change(date: str | None, commit: str | None) -> str:
    """The day and the commit; "" for what has neither."""
    return f"{(date or '')[:10]} {(commit or '')[:_COMMIT_DIGITS]}".strip()


def _at(place: PlaceJson) -> str:
    return f"{place['path']}:{place['line']}"


def _words(status: str) -> str:
    return str(status).replace("_", " ")
