"""The files of a packet in its report: each with its digest, git's id and its last change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.model.packet.content import LeftOut, PackedFile
from gatekeeper.render.board.markup.escape import code_span, escape_markdown


def render_files(files: Sequence[PackedFile], left_out: Sequence[LeftOut]) -> str:
    """A section of Markdown, with a line end."""
    return "\n".join(_lines(files, left_out)) + "\n"


def _lines(files: Sequence[PackedFile], left_out: Sequence[LeftOut]) -> Iterator[str]:
    yield "\n## Files\n"
    if files:
        yield "| File | Role | SHA-256 | Git's id | Last change |\n|---|---|---|---|---|"
    for file in files:
        blanked = f" ({len(file.redactions)} blanked out)" if file.redactions else ""
        changed = f"{file.author_date[:10]} {file.commit[:12]}".strip()
        yield f"| {code_span(file.path)}{blanked} | {file.role} | `{file.sha256}` | {file.blob[:12]} | {changed} |"
    if left_out:
        yield "\nLeft out:\n"
    for one in left_out:
        yield f"- {code_span(one.path)}: {escape_markdown(one.reason)}"
