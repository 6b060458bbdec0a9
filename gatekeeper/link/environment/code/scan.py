"""Files of code and the variables that each reads; a file that cannot be read is skipped with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from gatekeeper.link.environment.code import pipelines, python, script
from gatekeeper.link.environment.code.reading import Reading, use_of
from gatekeeper.model.contract.fact import Reader
from gatekeeper.model.environment.fact import Use, UseKind
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Tree
from gatekeeper.model.text import SourceText

CODE_BYTES_LIMIT = 1 << 19
_SPEAKS = (b"env", b"ENV", b"Settings")
_PIPELINE_SPEAKS = (b"$", b"environment")


class Scan(Struct):
    """What the code of a repository reads.

    Attributes:
        uses: variable -> its uses.
        is_handed_on: whether a compose file hands a whole file of variables to an image.
        skipped: path -> why it could not be looked into.
    """

    uses: dict[str, list[Use]] = field(default_factory=lambda: defaultdict(list))
    is_handed_on: bool = False
    skipped: dict[str, str] = field(default_factory=dict)


def is_code(path: str) -> bool:
    """Whether a path names a file in which uses of variables can be found."""
    name = path.lower()
    return (
        name.endswith((*script.SUFFIXES, *python.SUFFIXES)) or pipelines.is_compose(path) or pipelines.is_workflow(path)
    )


def scan_code(paths: Iterable[str], tree: Tree, reader: Reader) -> Scan:
    """The uses in these files, in their order."""
    scan = Scan()
    for path in paths:
        try:
            data = tree.read(path, CODE_BYTES_LIMIT)
        except UnreadableError as error:
            scan.skipped[path] = error.message
            continue
        if pipelines.is_compose(path) and b"env_file:" in data:
            scan.is_handed_on = True
        signs = _PIPELINE_SPEAKS if path.endswith((".yml", ".yaml")) else _SPEAKS
        if not any(sign in data for sign in signs):
            continue
        try:
            found = list(_iter_uses(reader.decode(path, data), reader))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            # The message of a syntax error may quote the line.
            scan.skipped[path] = f"not understood ({type(error).__name__})"
            continue
        # A file that asks for a variable in one place knows that it may be missing.
        optional = {use.name for use in found if use.is_optional}
        for use in found:
            scan.uses[use.name].append(replace(use, is_optional=use.name in optional))
    return scan


def _iter_uses(source: SourceText, reader: Reader) -> Iterator[Use]:
    kind, readings = _readings(source, reader)
    for one in readings:
        use = use_of(source, one, kind)
        if use is not None:
            yield use


def _readings(source: SourceText, reader: Reader) -> tuple[UseKind, Iterator[Reading]]:
    name = source.path.lower()
    if name.endswith(python.SUFFIXES):
        return UseKind.CODE, python.read_python(source)
    if name.endswith(script.SUFFIXES):
        return UseKind.CODE, script.read_script(source)
    root, _ = reader.read_data(source)
    if root is None:
        return UseKind.CODE, iter(())
    if pipelines.is_compose(source.path):
        return UseKind.COMPOSE, pipelines.read_compose(source, root)
    return UseKind.WORKFLOW, pipelines.read_workflow(source, root)
