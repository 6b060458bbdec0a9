"""Whether what was found is what was planted; run as a process of its own, so that a large report leaves no trace in the one that measures.

python benchmarks/paired/verdict.py [--part] REPORT.json TREE.truth.json      --part: nothing but what was planted, and not all of it
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path


def differences(report: Path, truth: Path) -> list[str]:
    """What one has and the other has not, as `+path:line:code` for too much and `-path:line:code` for too little."""
    found = Counter("{path}:{line}:{code}".format(**one) for one in json.loads(report.read_bytes())["findings"])
    planted = Counter(json.loads(truth.read_bytes())["findings"])
    return [f"+{one}" for one in sorted((found - planted).elements())] + [
        f"-{one}" for one in sorted((planted - found).elements())
    ]


if __name__ == "__main__":
    is_part = sys.argv[1] == "--part"
    found = differences(*map(Path, sys.argv[-2:]))
    found = [one for one in found if one[0] == "+" or not is_part]
    print("\n".join(found[:20]))
    sys.exit(1 if found else 0)
