"""Regular expressions as an earlier run compiled them: compiling the 650 that a check loads takes a third of a hook's time."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from gatekeeper import __version__
from gatekeeper.repo.kept.cache import Cache

_BYTES_LIMIT = 32 << 20
_ENTRIES_LIMIT = 4000
# Fewer new ones than this are not worth writing all of them again.
_NEWS = 20
_IMPORT = "<frozen importlib._bootstrap"
_FRAMES_LIMIT = 60


class Compiled(Struct, frozen=True):
    """A pattern as the compiler of `re` hands it to the engine of `re`.

    Attributes:
        pattern: its bytes; one for text as UTF-8, lone surrogates as if they were characters.
        asked: the flags that it was compiled with, before those that the pattern itself sets.
        flags: those in force.
        code: of the engine, in the machine's own words of four bytes.
    """

    pattern: bytes
    is_bytes: bool
    asked: int
    flags: int
    code: bytes
    groups: int
    names: dict[str, int]


@contextmanager
def kept_patterns(cache: Cache) -> Iterator[None]:
    """While it is open, patterns come from the cache instead of the compiler; those that modules compiled as they were loaded are kept.

    It stands on parts of `re` that Python does not promise: where they are others, it does nothing. What is kept names the interpreter and the engine's own
    number of its code, and the engine checks code before it runs it.
    """
    name = _name() if cache.is_on else ""
    known = (cache.find(name, _BYTES_LIMIT, list[Compiled]) if name else None) or []
    if not name or not _install(known):
        yield
        return
    compiler: Any = re._compiler  # type: ignore[attr-defined]
    compile_anew, news = compiler.compile, []

    def compile_noted(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str | bytes) and _is_loading():
            news.append((pattern, flags))
        return compile_anew(pattern, flags)

    compiler.compile = compile_noted
    try:
        yield
    finally:
        compiler.compile = compile_anew
        if len(news) >= _NEWS:
            cache.keep(name, _joined(known, news, compiler))


def _name() -> str:
    """The name under which patterns are kept; "" where this interpreter's `re` is not the one that is known here."""
    compiler = getattr(re, "_compiler", None)
    is_known = all(hasattr(compiler, one) for one in ("compile", "_code", "_parser", "_sre"))
    is_known = is_known and isinstance(getattr(re, "_cache", None), dict) and hasattr(re, "_MAXCACHE")
    if not is_known or sys.implementation.name != "cpython":
        return ""
    magic = getattr(compiler._sre, "MAGIC", 0)  # type: ignore[union-attr]
    return f"patterns-{__version__}-{sys.hexversion:x}-{magic}-{sys.byteorder}"


def _install(known: list[Compiled]) -> bool:
    """Puts patterns where `re` looks before it compiles; False where that cannot be done."""
    internals: Any = re
    try:
        make: Callable[..., re.Pattern[Any]] = internals._compiler._sre.compile
        found = {}
        for one in known:
            by_group: list[str | None] = [None] * (one.groups + 1)
            for name, group in one.names.items():
                by_group[group] = name
            pattern = one.pattern if one.is_bytes else one.pattern.decode("utf-8", "surrogatepass")
            code = array("I", one.code).tolist()
            made = make(pattern, one.flags, code, one.groups, one.names, tuple(by_group))
            found[type(pattern), pattern, one.asked] = made
    except (AttributeError, IndexError, RuntimeError, TypeError, ValueError, OverflowError):
        return False
    # Above its limit `re` drops the oldest for each new one, which would be these.
    internals._MAXCACHE = max(internals._MAXCACHE, _ENTRIES_LIMIT)
    internals._cache.update(found)
    return True


def _is_loading() -> bool:
    """Whether a module is being loaded: its patterns are the program's own and the same in every run, unlike those made of a document's words."""
    frame = sys._getframe(2)
    for _ in range(_FRAMES_LIMIT):
        if frame.f_code.co_filename.startswith(_IMPORT):
            return True
        if frame.f_back is None:
            return False
        frame = frame.f_back
    return False


def _joined(known: list[Compiled], news: list[tuple[str | bytes, int]], compiler: Any) -> list[Compiled]:
    """All patterns, the new ones with the code that the compiler makes of them."""
    found = list(known)
    for pattern, flags in dict.fromkeys(news):
        parsed = compiler._parser.parse(pattern, flags)
        code = array("I", compiler._code(parsed, flags)).tobytes()
        state, is_bytes = parsed.state, isinstance(pattern, bytes)
        written = pattern if isinstance(pattern, bytes) else pattern.encode("utf-8", "surrogatepass")
        names = dict(state.groupdict)
        found.append(Compiled(written, is_bytes, flags, flags | state.flags, code, state.groups - 1, names))
    return found[-_ENTRIES_LIMIT:]
