"""EN: what files declare of the environment, what code reads of it, and what must stay secret."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.env.example_missing import ExampleMissing
from gatekeeper.rules.env.file_not_ignored import FileNotIgnored
from gatekeeper.rules.env.file_tracked import FileTracked
from gatekeeper.rules.env.file_unreadable import FileUnreadable
from gatekeeper.rules.env.key_doubled import KeyDoubled
from gatekeeper.rules.env.key_missing import KeyMissing
from gatekeeper.rules.env.key_undeclared import KeyUndeclared
from gatekeeper.rules.env.key_unused import KeyUnused
from gatekeeper.rules.env.line_malformed import LineMalformed
from gatekeeper.rules.env.required_when_unmet import RequiredWhenUnmet
from gatekeeper.rules.env.secret_in_example import SecretInExample
from gatekeeper.rules.env.value_invalid import ValueInvalid

RULES: tuple[type[Rule], ...] = (
    KeyMissing,
    ValueInvalid,
    RequiredWhenUnmet,
    SecretInExample,
    FileTracked,
    FileNotIgnored,
    KeyUndeclared,
    KeyUnused,
    KeyDoubled,
    LineMalformed,
    ExampleMissing,
    FileUnreadable,
)
