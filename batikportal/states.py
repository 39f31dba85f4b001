"""State machines: one table of allowed moves, asked by actions and enforced by a database trigger."""

from collections.abc import Mapping, Sequence

import pgtrigger

Table = Mapping[str, Sequence[str]]


def may_move(table: Table, old: str, new: str) -> bool:
    """Whether ``table`` allows the move from ``old`` to ``new``."""
    return new in table.get(old, ())


def guard(field: str, table: Table) -> pgtrigger.FSM:
    """The trigger that refuses every move of ``field`` which ``table`` does not list, by any path."""
    moves = [(str(old), str(new)) for old, news in table.items() for new in news]
    return pgtrigger.FSM(name=f"{field}_moves", field=field, transitions=moves)
