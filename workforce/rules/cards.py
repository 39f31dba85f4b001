"""The code of a worker's card: how it is written and read, when it stops, and where a request may go."""

from collections.abc import Mapping, Sequence

from workforce.choices import ConsentPurpose
from workforce.choices.cards import RequestState

# Letters and digits that nobody mixes up on paper: no I, L, O, U, 0 or 1.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
# Wrong answers in a row, from wherever, after which only the office helps on.
MOST_WRONG = 10

REQUEST_TRANSITIONS: Mapping[str, Sequence[str]] = {
    RequestState.OPEN: (RequestState.DONE, RequestState.REFUSED),
    RequestState.DONE: (),
    RequestState.REFUSED: (),
}

# What a cadre asks at the door; the other purposes are asked when the occasion comes.
CADRE_PURPOSES = (ConsentPurpose.PROGRAMME, ConsentPurpose.EMPLOYER_VIEW, ConsentPurpose.WHATSAPP)


def normalised_code(text: str) -> str:
    """The code as stored under its key: capital letters and digits only."""
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())


def written_code(code: str) -> str:
    """`ABCD2345` as it stands on the card: `ABCD-2345`."""
    return f"{code[:4]}-{code[4:]}"


def answers_match(answer: str, birth_year: int | None, name: str) -> bool:
    """Whether the second answer is right: the year of birth, or the first word of the name where no year is known."""
    given = " ".join(answer.split()).casefold()
    if birth_year is not None:
        return given == str(birth_year)
    return bool(given) and given == name.split()[0].casefold()
