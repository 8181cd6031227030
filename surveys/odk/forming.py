"""Forming: what a survey asks, as the XForm that ODK Collect reads.

What Collect must not ask is taken out: who the counsellor's provider is, and everything
about the device. Rosters stand in the form as the register is at the moment.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib.util import find_spec

from core.shelf import Shelf
from surveys.conversations.asking import CODE, PROVIDER, consent_of, known_answers
from surveys.definition import Choice, Definition, Item, Texts
from surveys.exchange.types import row_type
from surveys.exchange.writing import write_xlsform
from surveys.questionnaires.asking import Asked, Roster

ROOT = "data"
WORDINGS = "osi_wordings"  # which wordings of the consents stand in the form, by number
MEDIA = {"image": "image", "photo": "image", "picture": "image", "audio": "audio"}
NOT_TAKEN = {"video", "file"}  # forms that were fetched earlier may still ask for them
# By chance and without network, as coding.draw() does: easy to say, letters for 0 and 1.
_LETTERS = "translate(uuid(), '01abcdef-', 'GHABCDEF')"
NEW_CODE = f"concat(substr({_LETTERS}, 0, 2), '-', substr({_LETTERS}, 0, 3))"
ENGINE = "pyxform"
_formed: Shelf[bytes] = Shelf(64)


@dataclass(frozen=True)
class Consent:
    """The wordings of a consent by language: their numbers and what they say."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)


Consents = Mapping[str, Consent]  # by the name of the question


@dataclass(frozen=True)
class Form:
    """A form as Collect lists it; what it says follows from its version alone."""

    id: str
    version: str
    definition: Definition

    def xml(self) -> bytes:
        """Return the XForm, made when it is first asked for; nothing if it cannot be one."""
        return _formed.get((self.id, self.version), lambda: _xform(self.definition))


def is_possible() -> bool:
    """Whether the library that writes XForms is installed."""
    return find_spec(ENGINE) is not None


def is_suited(definition: Definition) -> bool:
    """Whether a form asks for the consent itself, as Collect can only ask what is in it."""
    return consent_of(definition) is not None


def form_of(
    slug: str, number: int, asked: Asked, roster: Roster, provider: str, consents: Consents
) -> Form:
    """Return the form of a version of a survey for the counsellors of a *provider*."""
    definition = _for_collect(asked, roster, provider, consents)
    digest = sha256(repr(definition).encode()).hexdigest()[:10]
    version = f"{number}-{digest}"
    settings = {**definition.settings, "version": version}
    return Form(slug, version, replace(definition, form_id=slug, settings=settings))


def languages_of(asked: Asked) -> tuple[str, ...]:
    """Return the languages of a form: those in which people are asked by now."""
    default = asked.definition.default_language
    return tuple(code for code in asked.definition.languages if code in asked.offered) or (
        default,
    )


def number_of(version: str) -> int | None:
    """Return the number of the version of a survey that a form was made of."""
    return number_in(version.partition("-")[0])


def number_in(text: str) -> int | None:
    """Return the number that a text is, unless it is none or larger than any of ours."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def media_of(item: Item) -> str:
    """Return what Collect records for a question: an image or audio."""
    return MEDIA.get(_type_of(item), "")


def names_a_file(item: Item) -> bool:
    """Whether the answer to a question is the name of a file."""
    return _type_of(item) in {*MEDIA, *NOT_TAKEN}


def _type_of(item: Item) -> str:
    return item.extra.get("type", "").strip().lower()


def _for_collect(asked: Asked, roster: Roster, provider: str, consents: Consents) -> Definition:
    definition, languages = asked.definition, languages_of(asked)
    known = known_answers(definition, provider, "")
    lists = {name: _plain(choices) for name, choices in definition.lists.items()}
    for name, choices in roster.items():
        own = lists.get(definition.item(name).list, ())
        others = [choice for choice in own if choice.name == "other"]
        lists[_roster_list(name)] = (*_named(choices, languages), *others)
    items = [*_items(definition.items, roster, str(known.get(PROVIDER, "")), consents)]
    if numbers := [str(n) for each in consents.values() for n in each.numbers.values()]:
        items.append(Item("calculate", WORDINGS, calculation=f"'{' '.join(numbers)}'"))
    drop = {"public_key", "submission_url", "auto_send", "auto_delete", "client_editable"}
    ours = {name: text for name, text in definition.settings.items() if name not in drop}
    return replace(
        definition,
        title={
            definition.default_language: definition.title.get(definition.default_language, "")
        },
        items=tuple(items),
        lists=lists,
        languages=languages,
        settings={name: text for name, text in ours.items() if not name.startswith("osi")},
    )


def _items(
    items: Sequence[Item], roster: Roster, provider: str, consents: Consents
) -> Iterator[Item]:
    for item in items:
        kind = row_type(item.extra.get("type", "") or item.kind).treatment
        if item.name == PROVIDER:
            yield Item("calculate", item.name, calculation=f"'{provider}'")
        elif kind == "metadata" or (kind == "unsupported" and not media_of(item)):
            yield Item("calculate", item.name, calculation=item.calculation or "''")
        else:
            yield _item(item, roster, provider, consents)


def _item(item: Item, roster: Roster, provider: str, consents: Consents) -> Item:
    extra = {name: text for name, text in item.extra.items() if "::" not in name}
    item = replace(item, osi={}, extra=extra)
    if item.items:
        inner = _items(item.items, roster, provider, consents)
        return replace(item, items=tuple(inner))
    if item.name in roster:
        return replace(item, list=_roster_list(item.name))
    if item.name == CODE and not item.default:
        return replace(item, default=NEW_CODE)
    if item.name in consents:
        return replace(item, hint={**item.hint, **consents[item.name].texts})
    return item


def _plain(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return choices without our own columns, which an XForm cannot hold."""
    return tuple(
        replace(each, attributes={n: t for n, t in each.attributes.items() if "::" not in n})
        for each in choices
    )


def _named(choices: Sequence[Choice], languages: Sequence[str]) -> Iterator[Choice]:
    for choice in choices:
        name = next(iter(choice.label.values()), choice.name)
        yield Choice(choice.name, dict.fromkeys(languages, name), choice.attributes)


def _roster_list(question: str) -> str:
    return f"osi_{question}"


def _xform(definition: Definition) -> bytes:
    from pyxform.errors import PyXFormError  # noqa: PLC0415 - heavy, and may be missing
    from pyxform.xls2xform import convert  # noqa: PLC0415

    book = io.BytesIO(write_xlsform(definition))
    try:
        made = convert(book, file_type=".xlsx", validate=False, form_name=ROOT)
    except PyXFormError:
        return b""
    return str(made.xform).encode()
