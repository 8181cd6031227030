"""The register as a table that the import understands again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from functools import partial

from core.sheets import Cell
from people.contacts import Person
from people.models import Organisation, Side
from people.register import terms_of
from people.taxonomy import SHIPPED, Taxonomy
from people.words import KINDS, LEGAL_FORMS, LOCALITIES, SECTORS

HEADS = ["code", "name", "short_name", "aliases", "sector", "kind", "legal_form"]
HEADS += ["locality", "needs", "offers"]
CONTACT_HEADS = ["salutation", "contact", "email", "phone", "address", "language"]


def rows_of(
    organisations: Iterable[Organisation],
    words: Mapping[str, str],
    language: str,
    terms: Taxonomy = SHIPPED,
) -> list[list[Cell]]:
    """Return a row per organisation, in *words*: the translations of the lists."""
    return [
        _row(organisation, words, partial(terms.label, language=language))
        for organisation in organisations
    ]


def with_contacts(
    rows: list[list[Cell]], organisations: Iterable[Organisation], people: Mapping[int, Person]
) -> list[list[Cell]]:
    """Add whom to write to; only for somebody who asked for it in so many words."""
    beside = (people.get(organisation.id, Person()) for organisation in organisations)
    return [[*row, *astuple(person)] for row, person in zip(rows, beside, strict=True)]


def _row(
    organisation: Organisation, words: Mapping[str, str], label: Callable[[str], str]
) -> list[Cell]:
    def word(known: Mapping[str, str], code: str) -> str:
        text = known.get(code, code)
        return words.get(text, text)

    def terms(side: Side) -> str:
        return "; ".join(label(code) for code in terms_of(organisation, side))

    return [
        organisation.code,
        organisation.name,
        organisation.short_name,
        "; ".join(alias.name for alias in organisation.aliases),
        word(SECTORS, organisation.sector),
        word(KINDS, organisation.kind),
        word(LEGAL_FORMS, organisation.legal_form),
        word(LOCALITIES, organisation.locality),
        terms(Side.NEED),
        terms(Side.OFFER),
    ]
