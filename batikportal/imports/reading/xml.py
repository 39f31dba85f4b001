"""XML parts of a workbook, read as a stream by expat; a document type is refused before it declares anything."""

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from django.utils.translation import gettext as _

from batikportal.imports.reading.refusal import Refusal

# Distinct names of elements and attributes in one part, and elements of a part that is read as a whole.
_NAMES = 20_000
_ELEMENTS = 200_000
_VOCABULARIES = ("/spreadsheetml/2006/main", "/spreadsheetml/main", "/package/2006/relationships")


def _too_odd() -> str:
    return _("Susunan berkas ini tidak wajar. Salin datanya saja ke buku kerja baru, lalu unggah lagi.")


def _refuse_doctype(*_declaration: object) -> None:
    raise Refusal(
        _("Berkas ini memuat deklarasi yang tidak diizinkan (DTD). Salin datanya ke buku kerja baru lalu unggah lagi.")
    )


class LocalNames(dict[str, str]):
    """Element names without their namespace, each cut once; those of other vocabularies are empty."""

    def __missing__(self, name: str) -> str:
        namespace, _space, local = name.rpartition(" ")
        self[name] = local if not namespace or namespace.endswith(_VOCABULARIES) else ""
        return self[name]


def reader(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> expat.XMLParserType:
    """An expat parser whose names are ``namespace local`` and that refuses a DTD."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 64 * 1024
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> Iterator[None]:
    """Parse piece by piece, pausing after each; a part that invents ever new names would fill the memory."""
    for chunk in chunks:
        parser.Parse(chunk, False)
        if len(parser.intern) > _NAMES:
            raise Refusal(_too_odd())
        yield
    parser.Parse(b"", True)
    yield


def elements(chunks: Iterable[bytes]) -> list[tuple[str, dict[str, str]]]:
    """The (local name, attributes) of every element of a small part, in document order."""
    found: list[tuple[str, dict[str, str]]] = []
    names = LocalNames()
    parser = reader(
        lambda name, attributes: found.append((names[name], attributes)), lambda _name: None, lambda _text: None
    )
    for _pause in feed(parser, chunks):
        if len(found) > _ELEMENTS:
            raise Refusal(_too_odd())
    return found


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """The value of an attribute, whatever its namespace."""
    for key, value in attributes.items():
        if key.rpartition(" ")[2] == name:
            return value
    return None
