"""Compare two files of figures: `make bench-compare OLD=… NEW=…`."""

import json
import sys
from pathlib import Path


def main(old: Path, new: Path) -> None:
    """Print each task's median before and after, and its ratio to the floor of the same run."""
    before, after = (json.loads(path.read_text()) for path in (old, new))
    old_rows = {row["name"]: row for row in before["rows"]}
    sys.stdout.write(
        f"{'':30} {'old ms':>8} {'new ms':>8} {'times':>6} {'old ratio':>10} {'new ratio':>10} {'SQL':>9}\n"
    )
    for row in after["rows"]:
        if row["name"] in old_rows:
            old_row = old_rows[row["name"]]
            sys.stdout.write(f"{row['name']:30} {old_row['median_ms']:8.1f} {row['median_ms']:8.1f} "
                             f"{row['median_ms'] / old_row['median_ms']:6.2f} "
                             f"{old_row['ratio']:10.2f} {row['ratio']:10.2f} "
                             f"{old_row['statements']:4d} {row['statements']:4d}\n")  # fmt: skip
    for name in ("cold_start_s", "lists_a_second", "memory_mb", "memory_after_mb"):
        if name in before and name in after:  # missing if only pages were measured
            sys.stdout.write(f"{name}: {before[name]} → {after[name]}\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
