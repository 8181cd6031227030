"""Recognising what in a free text may tell who somebody is: simple rules, no lists of people.

They ask; they do not judge. So they rather miss a name than ask about every second sentence:
a name is seen only where the words around it say that one follows, in the languages of the
conversations. Nothing leaves this process; ``static/js/away/recognising.js`` applies the
same rules on a device.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from surveys.expressions.translating import within_for_browsers
from surveys.questionnaires.understanding import digits


class Sort(StrEnum):
    """What something may be."""

    PHONE = "phone"
    MAIL = "mail"
    NUMBER = "number"
    DAY = "day"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True)
class Find:
    """A stretch of a text, counted in characters, and what it may be."""

    sort: Sort
    begins: int
    ends: int


MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # of direction; they hide within numbers
GAP = rf"[ .\-/(){MARKS}]{{0,3}}"
MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
)
PHONE = re.compile(rf"(?<![\w,.])(?:\+|00)?{GAP}\d(?:{GAP}\d){{6,15}}(?!\w)")
DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-] ?\d{1,2}[./-] ?(?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)"
)
NUMBER = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ]{1,5}[-/.]?\d{4,20}\w{0,20}(?:[-/.]\d{1,20}){0,5}|"
    r"[A-ZÄÖÜ]{1,5} \d{5,20}|"
    r"\d{2,20}[A-Z]\d{3,20}|\d{5,20}(?:[-/.]\d{1,20}){0,5}|"
    r"\d{2,20}(?:[/-]\d{2,20}){2,5})(?!\w)"
)
POSTCODE = re.compile(r"(?<!\d)1[0-4]\d{3} (?:Berlin|Bernau|Panketal)\b")
STREETS = (
    r"stra(?:ß|ss)e|str\.?|weg|allee|platz|ring|damm|ufer|gasse|chaussee|zeile|promenade|steig"
)
PART = r"[A-ZÄÖÜ][\w.]{0,30}"
STREET = re.compile(
    rf"\b(?:(?:{PART}[ -]){{1,3}}|{PART})(?i:{STREETS})"
    r",? (?:Nr\.? ?)?\d{1,3}(?: ?[a-z])?\b"
)
LATIN_STREET = re.compile(r"\b\d{1,4},? (?:[A-Z][\w-]+ ){1,3}(?:Street|Road|Avenue|Lane)\b")
OTHER_STREET = re.compile(
    r"(?:\b(?:вулиця|вул\.|улица|улице|ул\.|проспект|пр\.) ?[А-ЯІЇЄҐ][\w' -]{2,30}?,? ?"
    r"(?:д\.|дом|буд\.|будинок)? ?\d{1,4}|شارع [\w ]{2,30}? \d{1,4}|(?:سرک|جاده|خیابان|کوچه) "
    r"[\w ]{2,30}? \d{1,4})"
)
CAPITAL = r"[A-ZÄÖÜ][\w'’-]{1,40}"
CYRILLIC = r"[А-ЯІЇЄҐЁ][\w'’-]{1,40}"
TITLES = r"(?:Frau|Herrn?|Dr\.|Familie|Fam\.|Mrs?\.?|Ms\.?|Miss|Sheikh)"
GERMAN = re.compile(
    rf"\b{TITLES} (?:Dr\. )?(?P<name>{CAPITAL}(?: {CAPITAL})?)|"
    rf"\b(?i:ich heiße|ich heisse|mein name ist|mein (?:mann|sohn|bruder|vater) heißt|"
    rf"meine (?:frau|tochter|schwester|mutter) heißt|er heißt|sie heißt|genannt) "
    rf"(?P<name2>{CAPITAL}(?: {CAPITAL})?)|"
    rf"\b(?i:my name is|i am called|his name is|her name is|(?:he|she) is called|"
    rf"(?:son|daughter|husband|wife|brother|sister) is called) "
    rf"(?P<name3>{CAPITAL}(?: {CAPITAL})?)"
)
EASTERN = re.compile(
    rf"\b(?i:меня зовут|мене звати|мене звуть|моє ім['’]я|мо[её] имя|моего (?:мужа|сына) зовут|"
    rf"мою (?:дочь|жену) зовут|мого (?:чоловіка|сина) звати|мою (?:доньку|дружину) звати|"
    rf"пан(?:і|у)?|госпожа|господин|фрау|герр) (?P<name>{CYRILLIC}(?: {CYRILLIC})?)"
)
KIN = r"(?:kızım|oğlum|eşim|kocam|karım|annem|babam|ablam|ağabeyim|abim|kardeşim)"
GIVEN = r"[A-ZÇĞİÖŞÜ](?:[^\W\d_]|[’'-]){1,40}"
TURKISH = re.compile(
    rf"(?:\b[Bb]enim ad[ıi]m|(?:^|[.!?,;] )[Aa]d[ıi]m|\b(?:İ|I|i)smim|"
    rf"\b(?i:{KIN})[ıiuü]n (?:ad[ıi]|ismi)|\b(?:Bay|Bayan|Sayın)) "
    rf"(?P<name>{GIVEN}(?: {GIVEN})?)|"
    rf"(?P<name2>\b{GIVEN}(?: {GIVEN})?) (?:Bey|Hanım|Hoca)\b|"
    rf"(?P<name3>\b{GIVEN}(?: {GIVEN})?) (?:adında|isminde|adlı|isimli)\b"
)
ARABIC = re.compile(
    r"(?:اسمي|إسمي|أنا اسمي|اسم (?:زوجي|زوجتي|ابني|ابنتي|أخي|أختي)|السيدة?|الأستاذة?|أدعى|"
    r"نام من|اسم من|نامم|اسمم|نام (?:شوهرم|خانمم|پسرم|دخترم)|آقای|خانم) "
    r"(?:هو |هي |است )?(?P<name>[^\W\d_]{2,40}(?: [^\W\d_]{2,40})?)"
)
NO_NAMES = {
    "frau", "herr", "und", "oder", "mit", "die", "der", "das", "ist", "im", "in", "zu", "bir",
    "هو", "هي", "في", "من", "و", "است", "را", "به",
}  # fmt: skip
NAMES = (GERMAN, EASTERN, TURKISH, ARABIC)
AMOUNT = re.compile(r"\s*(?:€|Euro|EUR|Jahre|Stunden|km|%|грн|руб|يورو|سنة|سال)", re.IGNORECASE)


def rules_for_browsers() -> dict[str, object]:
    """Return the rules as a device applies them, in the order in which they count."""
    sorts = {
        Sort.MAIL: (MAIL,),
        Sort.ADDRESS: (STREET, LATIN_STREET, OTHER_STREET, POSTCODE),
        Sort.DAY: (DAY,),
        Sort.PHONE: (PHONE,),
        Sort.NUMBER: (NUMBER,),
        Sort.NAME: NAMES,
    }
    return {
        "rules": [
            [sort, *within_for_browsers(rule)]
            for sort, rules in sorts.items()
            for rule in rules
        ],
        "amount": within_for_browsers(AMOUNT),
        "none": sorted(NO_NAMES),
    }


def finds(text: str) -> list[Find]:
    """Return what stands out in *text*, in order; no two overlap."""
    found: list[Find] = []
    plain = digits(text)
    for each in _all(plain):
        if not any(each.begins < other.ends and other.begins < each.ends for other in found):
            found.append(each)
    return sorted(found, key=lambda find: find.begins)


def _all(plain: str) -> Iterator[Find]:
    """Yield all there may be, the surest first."""
    for rule in (MAIL,):
        yield from (Find(Sort.MAIL, *each.span()) for each in rule.finditer(plain))
    for rule in (STREET, LATIN_STREET, OTHER_STREET, POSTCODE):
        yield from (Find(Sort.ADDRESS, *each.span()) for each in rule.finditer(plain))
    yield from (Find(Sort.DAY, *each.span()) for each in DAY.finditer(plain))
    for each in PHONE.finditer(plain):
        if _is_phone(each[0]) and not AMOUNT.match(plain, each.end()):
            yield Find(Sort.PHONE, *_trimmed(plain, *each.span()))
    for each in NUMBER.finditer(plain):
        if not AMOUNT.match(plain, each.end()):
            yield Find(Sort.NUMBER, *each.span())
    for rule in NAMES:
        for each in rule.finditer(plain):
            group = next(name for name, value in each.groupdict().items() if value)
            if each[group].split()[0].lower() not in NO_NAMES:
                yield Find(Sort.NAME, *each.span(group))


def _is_phone(text: str) -> bool:
    """Whether digits are called like a phone: they begin with a plus or a nought."""
    bare = re.sub(r"[^\d+]", "", text)
    return bare.startswith(("+", "0")) and 7 <= len(bare.lstrip("+")) <= 16


def _trimmed(text: str, begins: int, ends: int) -> tuple[int, int]:
    while begins < ends and text[begins] in " .-/()":
        begins += 1
    return begins, ends
