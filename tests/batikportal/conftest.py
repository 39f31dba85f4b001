"""Fixtures of the ground floor's tests."""

import pytest

from batikportal import contracts


@pytest.fixture
def plant(monkeypatch):
    """``plant(indicators=[…], alerts=[…])``: these contributions and no others are installed."""

    def install(**planted):
        monkeypatch.setattr(contracts, "contributions", lambda module: tuple(planted.get(module, ())))

    return install
