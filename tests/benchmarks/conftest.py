"""The size of a benchmark: `pytest tests/benchmarks/bench_lab.py -s --size 0.1` runs a tenth of it."""

import pytest


def pytest_addoption(parser) -> None:
    parser.addoption("--size", type=float, default=1.0, help="share of the benchmark's rows")


@pytest.fixture
def size(request):
    """How many rows of a full run this run takes: ``size(20_000)``."""
    share = request.config.getoption("--size")
    return lambda full: max(1, round(full * share))
