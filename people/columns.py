"""What the columns of somebody's address list mean, and what its rows say."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.errors import message
from core.languages import FOR_STAFF, SPOKEN, name_in, name_of
from people.contacts import Person
from people.models import Sector
from people.naming import fold
from people.taxonomy import SHIPPED, Taxonomy
from people.words import KINDS, LEGAL_FORMS, LOCALITIES, SECTORS, USUAL_SECTOR

FIELDS: dict[str, str] = {
    "name": message("Name"),
    "short_name": message("Short name"),
    "aliases": message("Other names"),
    "sector": message("Sector"),
    "kind": message("Kind of organisation"),
    "legal_form": message("Legal form"),
    "locality": message("Locality"),
    "needs": message("Needs"),
    "offers": message("Offers"),
    "salutation": message("Contact: salutation"),
    "contact": message("Contact: full name"),
    "first_name": message("Contact: first name"),
    "last_name": message("Contact: last name"),
    "email": message("Contact: e-mail"),
    "phone": message("Contact: telephone"),
    "address": message("Contact: full address"),
    "street": message("Contact: street and number"),
    "postcode": message("Contact: postcode"),
    "city": message("Contact: town"),
    "language": message("Contact: language"),
    "code": message("Code in the register"),
}
HEADS: dict[str, str] = {
    "name": "name|organisation|einrichtung|firma|firmenname|unternehmen|betrieb|traeger|verein"
    "|institution|bezeichnung|company|organisation name|organization|name der organisation",
    "short_name": "kurzname|kurzbezeichnung|abkuerzung|kuerzel|short name|short|acronym",
    "aliases": "alias|aliase|aliasnamen|weitere namen|andere namen|other names",
    "sector": "sektor|sector|bereich",
    "kind": "art|typ|kind|type|organisationsart|art der organisation|kategorie|category"
    "|kind of organisation|org type",
    "legal_form": "rechtsform|legal form",
    "locality": "ortsteil|locality|kiez|stadtteil|sozialraum|bezirksregion",
    "needs": "bedarf|bedarfe|needs|need|sucht",
    "offers": "angebot|angebote|offers|offer|bietet|leistungen",
    "salutation": "anrede|salutation|title",
    "contact": "ansprechpartner|ansprechpartnerin|ansprechperson|kontakt|kontaktperson|contact"
    "|contact person|ansprechpartner in|contact name|voller name|full name",
    "first_name": "vorname|first name|given name",
    "last_name": "nachname|familienname|zuname|last name|surname|family name",
    "email": "e mail|email|mail|e mail adresse|email adresse|mailadresse|e mail address",
    "phone": "telefon|tel|telefonnummer|phone|fon|mobil|handy|rufnummer|telephone",
    "address": "adresse|anschrift|address|postanschrift|volle anschrift|full address",
    "street": "strasse|strasse nr|strasse und hausnummer|street|str|strasse hausnummer",
    "postcode": "plz|postleitzahl|postcode|zip",
    "city": "ort|stadt|city|town|wohnort",
    "language": "sprache|briefsprache|korrespondenzsprache|language|preferred language",
    "code": "code|kennung|registernummer|code im register|code in the register",
}
SYNONYMS = {
    "wirtschaft": Sector.ECONOMY, "business": Sector.ECONOMY, "unternehmen": Sector.ECONOMY,
    "gesellschaft": Sector.SOCIETY, "zivilgesellschaft": Sector.SOCIETY,
    "civil society": Sector.SOCIETY, "soziales": Sector.SOCIETY, "sozial": Sector.SOCIETY,
    "politik": Sector.POLITICS, "verwaltung": Sector.POLITICS, "bezirk": Sector.POLITICS,
    "politik und verwaltung": Sector.POLITICS, "administration": Sector.POLITICS,
    "wissenschaft": Sector.SCIENCE, "forschung": Sector.SCIENCE, "hochschule": Sector.SCIENCE,
    "research": Sector.SCIENCE,
}  # fmt: skip
MANY = {"aliases", "needs", "offers"}  # several in one cell, or in several columns
LONGEST = 200
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


@dataclass(frozen=True)
class Note:
    """A sentence about a row: a message and what fills its placeholders."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Line:
    """What a row of the list says, as far as it can be understood."""

    number: int
    name: str = ""
    code: str = ""
    values: dict[str, object] = field(default_factory=dict)
    person: Person = field(default_factory=Person)
    notes: list[Note] = field(default_factory=list)
    problem: Note | None = None


def guess_columns(table: Sequence[Sequence[str]]) -> list[str]:
    """Return the field that each column seems to hold; each at most once."""
    head, body = table[0], table[1:50]
    guesses: list[str] = []
    for number in range(max(map(len, table))):
        guess = _by_head(head[number]) if number < len(head) else ""
        cells = [row[number] for row in body if number < len(row) and row[number]]
        if not guess and cells and all(EMAIL.fullmatch(cell) for cell in cells):
            guess = "email"
        guesses.append("" if guess in guesses and guess not in MANY else guess)
    if "name" not in guesses and any(guesses):
        _name_beside_person(head, guesses)
    return guesses


def has_head(table: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row holds headings rather than an organisation."""
    return any(_by_head(cell) for cell in table[0])


def read_lines(
    table: Sequence[Sequence[str]], columns: Sequence[str], head: bool, words: "Words"
) -> list[Line]:
    """Return what the filled rows of *table* say; they keep the numbers of the file."""
    rows = enumerate(table, 1)
    return [
        _read(number, _cells(row, columns), words)
        for number, row in rows
        if any(row) and not (head and number == 1)
    ]


class Words:
    """The words of the lists, in every language of the staff, and what they stand for."""

    def __init__(self, translations: Mapping[str, str], terms: Taxonomy = SHIPPED) -> None:
        """*translations* are the words as the people of the project read them."""
        self._codes: dict[str, dict[str, str]] = {"sector": {**SYNONYMS}}
        lists = {"sector": SECTORS, "kind": KINDS, "legal_form": LEGAL_FORMS}
        for name, words in (lists | {"locality": LOCALITIES}).items():
            for code, word in words.items():
                for spelling in (code, word, translations.get(word, "")):
                    self._learn(name, spelling, code)
        for code in SPOKEN:
            for spelling in (code, name_of(code), *(name_in(code, each) for each in FOR_STAFF)):
                self._learn("language", spelling, code)
        for term in terms:
            for spelling in (term.code, term.de, term.en):
                self._learn("term", spelling, terms.resolve(term.code))

    def code(self, name: str, text: str) -> str:
        """Return the code that *text* stands for in the list called *name*, or nothing."""
        known = self._codes.get(name, {})
        return known.get(_bare(text)) or known.get(_bare(text.partition("(")[0]), "")

    def _learn(self, name: str, spelling: str, code: str) -> None:
        forms = [spelling, spelling.partition("(")[0], *re.findall(r"\((.+?)\)", spelling)]
        if name == "kind":  # "Verwaltung" for "Verwaltung, öffentliche Stelle"
            forms += spelling.split(",")
        for form in forms:
            if _bare(form):
                self._codes.setdefault(name, {}).setdefault(_bare(form), code)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


_FIELD_BY_HEAD = {head: name for name, heads in HEADS.items() for head in heads.split("|")}


def _by_head(text: str) -> str:
    head = _bare(text)
    for form in (
        head,
        head.rstrip("0123456789 "),
        head.removeprefix("kontakt "),
        head.removeprefix("contact "),
    ):
        if form in _FIELD_BY_HEAD:
            return _FIELD_BY_HEAD[form]
    return ""


def _name_beside_person(head: Sequence[str], guesses: list[str]) -> None:
    """Take the first column nobody understood, when no other can hold the names."""
    for number, guess in enumerate(guesses):
        if not guess and number < len(head):
            guesses[number] = "name"
            return


def _cells(row: Sequence[str], columns: Sequence[str]) -> dict[str, list[str]]:
    cells: defaultdict[str, list[str]] = defaultdict(list)
    for name, cell in zip(columns, row, strict=False):
        text = " ".join(cell.split())
        if name in MANY:
            apart = r"[;\n|]" if name == "aliases" else r"[;,\n|]"
            cells[name] += [part.strip() for part in re.split(apart, cell) if part.strip()]
        elif name and text:
            cells[name].append(text)
    return cells


def _read(number: int, cells: dict[str, list[str]], words: Words) -> Line:
    def only(name: str) -> str:
        return next(iter(cells.get(name, ())), "")

    line = Line(number, name=only("name"), code=only("code").upper())
    line.values = {
        "short_name": only("short_name")[:60],
        "aliases": tuple(cells.get("aliases", ())),
    }
    for name in ("kind", "legal_form", "locality", "sector"):
        line.values[name] = _known(line, words, name, name, only(name))
    for name in ("needs", "offers"):
        codes = [_known(line, words, "term", name, text) for text in cells.get(name, ())]
        line.values[name] = tuple(dict.fromkeys(filter(None, codes)))
    if line.values["kind"] and not line.values["sector"]:
        line.values["sector"] = USUAL_SECTOR[str(line.values["kind"])]
        line.notes.append(Note(message("The sector follows from the kind of organisation.")))
    line.person = _person(line, {name: ", ".join(texts) for name, texts in cells.items()})
    language = _known(line, words, "language", "language", only("language"))
    line.person = replace(line.person, language=language)
    line.problem = _problem_of(line)
    return line


def _known(line: Line, words: Words, list_name: str, column: str, text: str) -> str:
    code = words.code(list_name, text)
    if text and not code:
        note = message("“%(text)s” (%(column)s) is not in our list and is left out.")
        line.notes.append(Note(note, {"text": text[:80], "column": FIELDS[column]}))
    return code


def _person(line: Line, texts: dict[str, str]) -> Person:
    email = texts.get("email", "")
    if email and not EMAIL.fullmatch(email):
        note = message("“%(text)s” is no e-mail address and is left out.")
        line.notes.append(Note(note, {"text": email[:80]}))
        email = ""
    parts = (texts.get("first_name", ""), texts.get("last_name", ""))
    town = f"{texts.get('postcode', '')} {texts.get('city', '')}".strip()
    return Person(
        salutation=texts.get("salutation", "")[:LONGEST],
        name=(texts.get("contact") or " ".join(filter(None, parts)))[:LONGEST],
        email=email[:LONGEST],
        phone=texts.get("phone", "")[:LONGEST],
        address=(texts.get("address") or ", ".join(filter(None, (texts.get("street"), town))))[
            : 2 * LONGEST
        ],
    )


def _problem_of(line: Line) -> Note | None:
    if not line.name:
        return Note(message("The name is missing. Please enter it in the file."))
    if len(line.name) > LONGEST:
        return Note(message("The name is too long. Please shorten it in the file."))
    return None
