"""The worker's voice: its moves, and how long words are kept. Plain Python: no database, no clock."""

from datetime import date, timedelta

from workforce.choices.voice import VoiceState

_S = VoiceState

VOICE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    _S.RECEIVED: (_S.ANSWERED, _S.CLOSED),
    # The reporter adds words: somebody has to read them.
    _S.ANSWERED: (_S.RECEIVED, _S.CLOSED),
    _S.CLOSED: (_S.RECEIVED,),
}
KEPT_FOR = timedelta(days=730)


def delete_on(today: date) -> date:
    """When the words are deleted, counted from the last word."""
    return today + KEPT_FOR
