"""The frame of the benchmarks: what it prints, writes and returns."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

import benchmarks.__main__ as bench
from benchmarks.registry import every_benchmark
from benchmarks.result import Result


@dataclass
class Fixed:
    """A benchmark that always finds the same."""

    NAME: str
    ours: float
    BAR: str = "at most 2"

    def measure(self) -> list[Result]:
        return [Result.compare(self.NAME, ours=self.ours, theirs=10.0, unit="ms", bar=2.0)]


@pytest.fixture
def two_benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Fixed("quick", 12.0), Fixed("slow", 25.0)]
    monkeypatch.setattr(bench, "every_benchmark", lambda: iter(found))


@pytest.mark.usefixtures("two_benchmarks")
def test_a_missed_bar_is_marked_and_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main([]) == 1
    header, quick, slow = capsys.readouterr().out.splitlines()
    assert header.split() == ["name", "ours", "theirs", "ratio", "bar"]
    assert quick.split() == ["quick", "12", "ms", "10", "ms", "1.20", "at", "most", "2"]
    assert slow.endswith("2.50  at most 2  MISSED")


@pytest.mark.usefixtures("two_benchmarks")
def test_a_name_selects_and_a_file_gets_the_figures(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    assert bench.main(["quick", "--json", str(figures)]) == 0
    (figure,) = json.loads(figures.read_text(encoding="utf-8"))
    assert figure == {
        "name": "quick",
        "ours": 12.0,
        "theirs": 10.0,
        "unit": "ms",
        "ratio": 1.2,
        "bar": 2.0,
        "passed": True,
    }


@pytest.mark.usefixtures("two_benchmarks")
def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        bench.main(["quik"])
    assert "no benchmark is named quik; there are quick, slow" in capsys.readouterr().err


def test_an_allowance_is_added_to_what_the_bar_allows() -> None:
    judged = [
        Result.compare("query", ours=ours, theirs=1.0, unit="ms", bar=2.0, allowance=0.3).passed
        for ours in (2.3, 2.4)
    ]
    assert judged == [True, False]


def test_every_benchmark_has_a_name_of_its_own_and_a_bar_in_words() -> None:
    found = list(every_benchmark())
    assert len({benchmark.NAME for benchmark in found}) == len(found)
    assert all(benchmark.BAR for benchmark in found)
