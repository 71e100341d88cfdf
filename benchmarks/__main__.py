"""Prints each figure beside its bar, and fails if one is missed."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.registry import Benchmark, every_benchmark
from benchmarks.result import Result

ROW = "{:<44} {:>14} {:>14} {:>7}  {}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.py", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help="measure only these")
    parser.add_argument("--json", metavar="FILE", type=Path, help="also write the figures there")
    options = parser.parse_args(arguments)
    known = {benchmark.NAME: benchmark for benchmark in every_benchmark()}
    if unknown := sorted(set(options.names) - known.keys()):
        parser.error(f"no benchmark is named {', '.join(unknown)}; there are {', '.join(known)}")
    results = print_table([known[name] for name in options.names or known])
    if options.json:
        rows = [asdict(result) for result in results]
        options.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 0 if all(result.passed for result in results) else 1


def print_table(benchmarks: Sequence[Benchmark]) -> list[Result]:
    """Measure one after the other, each figure printed as soon as it is known."""
    if not benchmarks:
        print("There is nothing to measure.")
        return []
    print(ROW.format("name", "ours", "theirs", "ratio", "bar"))
    results: list[Result] = []
    for benchmark in benchmarks:
        for result in benchmark.measure():
            results.append(result)
            print(row(result, benchmark.BAR), flush=True)
    return results


def row(result: Result, bar: str) -> str:
    return ROW.format(
        result.name,
        f"{result.ours:.4g} {result.unit}",
        f"{result.theirs:.4g} {result.unit}",
        f"{result.ratio:.2f}",
        bar if result.passed else f"{bar}  MISSED",
    )


if __name__ == "__main__":
    sys.exit(main())
