"""From a run to a packet on disk, or to its report alone."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from gatekeeper import __version__
from gatekeeper.cli.options import Options
from gatekeeper.cli.packet.subject import Subject, secret_values
from gatekeeper.cli.stream.outfile import replacing
from gatekeeper.cli.stream.output import deliver, reason_of
from gatekeeper.data import shipped
from gatekeeper.model.errors import ConfigError
from gatekeeper.model.gate.verdict import Gate
from gatekeeper.model.packet.content import PackedFile, Verified
from gatekeeper.model.view.board import Board
from gatekeeper.packet.archive import Archive, ArchiveWriter
from gatekeeper.packet.files import Contents
from gatekeeper.packet.folder import Folder, FolderWriter
from gatekeeper.packet.redact import SCAN_BYTES_LIMIT, Redactor
from gatekeeper.packet.seal import Account, Signers, Sink, seal_packet
from gatekeeper.packet.verify import Expectations, verify_packet
from gatekeeper.render.board.data import board_data
from gatekeeper.render.board.links import Links, find_template, repository_name
from gatekeeper.render.board.shapes import DashboardJson
from gatekeeper.render.ci.sarif import render_sarif
from gatekeeper.render.json_report import report_json
from gatekeeper.render.packet.page import render_report_html
from gatekeeper.render.packet.report import render_report_md
from gatekeeper.render.packet.sheets import find_report
from gatekeeper.render.packet.text import render_built, render_built_json


class Wishes(Struct, frozen=True):
    """How a packet is written."""

    is_embedding: bool
    is_folder: bool
    signers: Signers


def make_packet(options: Options, subject: Subject, chosen: Sequence[Gate], wishes: Wishes) -> None:
    """Writes the packet of some gates to where the flags want it, verified before it takes its place, and tells of it.

    Raises:
        GatekeeperError: it cannot be written, or would hold a secret.
    """
    assert options.output is not None
    board = subject.about(chosen)
    contents = _contents(subject, board, is_embedding=wishes.is_embedding)
    tell = partial(_account, subject, board, contents)

    def seal(sink: Sink) -> None:
        seal_packet(sink, contents, tell, wishes.signers)

    verified = _write_folder(options.output, seal) if wishes.is_folder else _write_archive(options.output, seal)
    text = render_built_json(verified, options.output, contents.left_out)
    if not options.is_data:
        text = render_built(verified, options.output, contents.left_out, options.style())
    deliver([text], None, data=options.is_data, color=options.style().color)


def make_report(options: Options, subject: Subject, chosen: Sequence[Gate], form: str) -> None:
    """Writes the report of some gates alone: every file is read and hashed as for a packet, and nothing is sealed."""
    board = subject.about(chosen)
    contents = _contents(subject, board)
    files = [file for file, _ in contents]
    data = contents.redactor.value(_data(board))
    report = find_report(data, files, contents.left_out)
    deliver([render_report_html(report) if form == "html" else render_report_md(report)], options.output, data=True)


def _contents(subject: Subject, board: Board, *, is_embedding: bool = True) -> Contents:
    read = partial(subject.read_all, limit=SCAN_BYTES_LIMIT)
    return Contents(subject.wanted(board), read, Redactor(secret_values()), is_embedding)


def _write_archive(target: str, seal: Callable[[Sink], None]) -> Verified:
    with replacing(target) as file:
        assert isinstance(file, io.BufferedRandom)
        writer = ArchiveWriter(file)
        seal(writer)
        writer.close()
        file.flush()
        return verify_packet(Archive(file), Expectations())


def _write_folder(target: str, seal: Callable[[Sink], None]) -> Verified:
    path = Path(target).resolve()
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise ConfigError("there is something already", "name a folder that is not there, or an empty one", target)
        with tempfile.TemporaryDirectory(prefix=".gatekeeper-", dir=path.parent) as beside:
            made = Path(beside) / "packet"
            made.mkdir()
            seal(FolderWriter(made))
            verified = verify_packet(Folder(made), Expectations())
            made.replace(path)
    except OSError as error:
        raise ConfigError(
            f"cannot write the packet: {reason_of(error)}", "name a folder that you may write to", target
        ) from None
    return verified


def _account(subject: Subject, board: Board, contents: Contents, files: Sequence[PackedFile]) -> Account:
    redactor = contents.redactor
    data: DashboardJson = redactor.value(_data(board))
    own = {
        "tool": {"name": "gatekeeper", "version": __version__},
        "day": board.today,
        "repository": {
            "name": repository_name(subject.remote),
            "url": find_template(subject.remote).partition("/-/blob/")[0].partition("/blob/")[0],
            "commit": subject.commit,
            "tree": subject.past.tree_id(subject.commit),
            "source": subject.source,
        },
        "policy": {
            "sha256": board.report.policy_sha256,
            "sources": [{"name": one.name, "sha256": one.sha256} for one in board.report.policy_sources],
            "trusted": board.report.trusted,
        },
        "findings": report_json(board.report)["findings"],
        "left_out": [{"path": one.path, "reason": one.reason} for one in contents.left_out],
    }
    shown = {name: data[name] for name in ("gates", "items", "claims", "contradictions", "waivers")}
    report = find_report(data, files, contents.left_out)
    texts = {
        "VERIFY.md": shipped("templates", "VERIFY.md").read_text("utf-8"),
        "findings.sarif": redactor.text(render_sarif(board.report)),
        "report.html": render_report_html(report),
        "report.md": render_report_md(report),
    }
    pages = {name: text.encode("utf-8", "backslashreplace") for name, text in texts.items()}
    for name, page in pages.items():
        redactor.check(page, name)
    return Account({**shown, **redactor.value(own)}, pages)


def _data(board: Board) -> DashboardJson:
    """The board without links: where a clone was made from must not change a byte."""
    return board_data(board, Links())
