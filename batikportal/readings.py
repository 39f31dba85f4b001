"""What figures and alert rules answered, kept in this process until somebody writes.

The dashboard asks dozens of them, and between two writes they answer the same. Whatever may have written sets a new
mark when its transaction is over: a request that is no mere reading, a background task, a periodic job. An answer is
found again only under the mark at which it was asked for, so that nobody sees a figure older than the last write.
Writes by other ways (a command, psql) show after ``READINGS_SECONDS`` at the latest; with 0 nothing is kept.
"""

import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language

from batikportal import contracts
from batikportal.contracts import Answer, Scope

log = logging.getLogger(__name__)

MARK = "readings-mark"


def forget(**_signal: object) -> None:
    """Ask everything anew from now on, in every process. Also a receiver; called after a transaction."""
    if settings.READINGS_SECONDS:
        try:
            caches["default"].set(MARK, uuid.uuid4().hex, timeout=None)
        except Exception:  # the cache may be no database; what was written stays written
            log.exception("the mark of the readings could not be set; old answers end by themselves")


def _mark(_scope: Scope) -> str:
    return caches["default"].get(MARK, "none")


def ask(item: Any, function: Callable[[Any, Scope], Any], scope: Scope) -> Answer:
    """``function(item, scope)`` as `contracts.ask` does it, or what it answered before; a failure is not kept."""
    if not settings.READINGS_SECONDS:
        return contracts.ask(item, function, item, scope)
    area = scope.area.code if scope.area else ""
    days = f"{scope.period.start}:{scope.period.end}:{scope.today}"
    key = f"{scope.once(_mark)}:{type(item).__name__}:{item.code}:{days}:{area}:{get_language()}"
    kept = caches["readings"].get(key)
    if kept is not None:
        return Answer(item, kept)
    answer = contracts.ask(item, function, item, scope)
    if not answer.failed:
        caches["readings"].set(key, answer.value, timeout=settings.READINGS_SECONDS)
    return answer
