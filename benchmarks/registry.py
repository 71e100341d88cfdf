"""Finds the benchmarks: every module here that has a `NAME`, a `BAR` and a `measure()`."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

import benchmarks
from benchmarks.result import Result


class Benchmark(Protocol):
    """The contract of a module in this package: its name, its bar in words, its figures."""

    NAME: str
    BAR: str

    def measure(self) -> list[Result]: ...


def every_benchmark() -> Iterator[Benchmark]:
    """The benchmarks in the order of their modules' names."""
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name == "__main__":
            continue
        module = importlib.import_module(f"benchmarks.{found.name}")
        if hasattr(module, "measure"):
            yield cast(Benchmark, module)
