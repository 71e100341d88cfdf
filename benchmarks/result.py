"""What a benchmark finds, and when that is good enough."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Result:
    """One measured figure beside its yardstick; `bar` is the ratio it must not exceed."""

    name: str
    ours: float
    theirs: float
    unit: str
    ratio: float
    bar: float
    passed: bool

    @classmethod
    def compare(
        cls, name: str, *, ours: float, theirs: float, unit: str, bar: float, allowance: float = 0.0
    ) -> Self:
        """Judge ours against bar times theirs, plus an allowance in the same unit."""
        return cls(
            name=name,
            ours=ours,
            theirs=theirs,
            unit=unit,
            ratio=ours / theirs,
            bar=bar,
            passed=ours <= bar * theirs + allowance,
        )
