"""Words with a fixed meaning: yes and no, the choices of a column, and lists of them."""

import difflib
import re
from collections.abc import Callable
from datetime import date, time

from django.utils.translation import gettext as _

from batikportal.imports.cells import Cell, fold, show
from batikportal.imports.contract import Column
from batikportal.imports.parsing.text import NOTHING, Unreadable, clean, text_of

_YES = frozenset({"ya", "y", "iya", "benar", "betul", "true", "1", "✓", "✔", "v"})
_NO = frozenset({"tidak", "tdk", "bukan", "salah", "false", "0", "✗", "✘"})


def parse_boolean(cell: Cell, column: Column) -> bool | None:
    if isinstance(cell, bool):
        return cell
    text = text_of(cell)
    if text is None:
        return None
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise Unreadable(_("“%(text)s” harus ya atau tidak.") % {"text": text[:40]})


class _Choices:
    """The choices of a column by everything a clerk may type for them."""

    def __init__(self, column: Column) -> None:
        pairs = column.pairs()
        self.labels = [label for _code, label in pairs]
        words = [(label, code) for code, label in pairs] + [(code, code) for code, _label in pairs]
        words += [(word, str(code)) for word, code in column.synonyms.items()]
        self.exact: dict[str, str] = {}
        # Without punctuation two choices may look alike ("<10" and ">10"); such words count only when typed exactly.
        self.loose: dict[str, str | None] = {}
        for word, code in words:
            self.exact.setdefault(word.casefold(), code)
            self.loose[fold(word)] = code if self.loose.get(fold(word), code) == code else None
        self.refusals: dict[str, str] = {}

    def code(self, text: str) -> str:
        folded = fold(text)
        found = self.exact.get(text.casefold()) or (self.loose.get(folded) if folded else None)
        if found:
            return found
        if text not in self.refusals:
            self.refusals[text] = self._explain(text)
        raise Unreadable(self.refusals[text])

    def _explain(self, text: str) -> str:
        near = difflib.get_close_matches(text[:100].casefold(), [label.casefold() for label in self.labels], n=1)
        if near:
            proposal = next(label for label in self.labels if label.casefold() == near[0])
            return _("“%(text)s” tidak dikenal. Maksud Anda “%(proposal)s”?") % {
                "text": text[:40], "proposal": proposal
            }  # fmt: skip
        listed = ", ".join(self.labels[:12]) + (" …" if len(self.labels) > 12 else "")
        return _("“%(text)s” tidak dikenal. Pilihan: %(choices)s.") % {
            "text": text[:40],
            "choices": listed,
        }


_LIST_SEPARATORS = re.compile(r"[,;/\n]")


def list_parser(column: Column) -> Callable[[Cell, Column], list[str] | None]:
    choices = _Choices(column) if column.choices else None

    def parse_list(cell: Cell, column: Column) -> list[str] | None:
        if isinstance(cell, bool | date | time):
            raise Unreadable(_("“%(text)s” bukan daftar kata.") % {"text": show(cell)})
        text = clean(cell, multiline=True) if isinstance(cell, str) else show(cell)
        words = [" ".join(word.split()) for word in _LIST_SEPARATORS.split(text)]
        items = [choices.code(word) if choices else word for word in words if word not in NOTHING]
        if any(len(item) > column.max_length for item in items):
            raise Unreadable(_("Salah satu isi daftar terlalu panjang."))
        return list(dict.fromkeys(items)) or None

    return parse_list


def choice_parser(column: Column) -> Callable[[Cell, Column], str | None]:
    choices = _Choices(column)

    def parse_choice(cell: Cell, column: Column) -> str | None:
        text = text_of(cell)
        return None if text is None else choices.code(text)

    return parse_choice
