"""Words and their stems: which words of a text carry meaning, and what their forms share."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from threading import Lock

KNOWN = 2**15  # words of which it is remembered what their forms have in common
WORD = re.compile(r"[^\W\d_]+(?:[-'’\u200c][^\W\d_]+)*")
AND_THE = re.compile("^وال(?!د|ي)(?=..)")  # joined to its word; والد is a parent
STAR = re.compile(r"(?<=[^\W\d_])[*:_·](?=in(?:nen)?\b)")  # in Kolleg*innen
# Arabic is stemmed lightly, as by Larkey, Ballesteros and Connell (light10): the article with
# what is joined to it, then one ending. A joined "and" goes only with the article, as many
# words begin with that letter; Germany begins with an article that is none.
ARTICLE = re.compile("^(?!والد|والي|المان)[وف]?(?:[بك]?ال|لل(?!اج[ءئي]|غ))(?=..)")
JOINED_FOR = re.compile("^[وف]?لل(?=اج[ءئي]|غ)")  # for + the refugees, the language
ENDING = re.compile("(?<=..)(?:ها|ان|ات|ون|ين|يه|ه|ي)$")
STEMMERS = {
    "de": "german", "en": "english", "fa": "persian", "fr": "french",
    "prs": "persian", "ru": "russian", "tr": "turkish",
}  # fmt: skip
OWN_STOPS: Mapping[str, str] = {
    "de": "bzw ggf usw etc sowie dass daß mehr viel viele vielen gern gerne gibt geben braucht "
    "brauchen bräuchten wäre wären bitte insbesondere möchte möchten würde würden "
    "fehlen fehlt mehrere gemeinsam zusammen passen "
    "pro freuen wünschen eigentlich einfach leider weitere wichtig nötig sollten könnten",
    "en": "etc would like need needs more many lot please",
    "ar": "الى إلى او أو ايضا أيضا جدا نحتاج نريد لدينا عندنا هناك يوجد "
    "تكون يكون يمكن يمكننا إليها إليه لكي لأن لنا هذه ذلك مع",
}
ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
TATWEEL = "\u0640"


def words_of(text: str, language: str) -> list[str]:
    """Return the words of *text* that carry meaning, without vowel signs and stretching."""
    found = WORD.findall(STAR.sub("", _bare(unicodedata.normalize("NFC", text))))
    words = [AND_THE.sub("ال", word) for word in found]
    return [word for word in words if len(word) > 1 and not is_stop_word(word, language)]


@lru_cache(KNOWN)
def is_stop_word(word: str, language: str) -> bool:
    """Tell whether everybody uses *word*, whatever they speak of."""
    alike, stops = _alike(word), _stops(base(language))
    joined = alike.startswith("و") and len(alike) > 2 and alike[1:] in stops
    return alike in stops or joined or key_of(word, language) in _own_stops(base(language))


@lru_cache(KNOWN)
def key_of(word: str, language: str) -> str:
    """Return what all forms of *word* have in common."""
    return _alike(_stem(base(language))(_bare(word).casefold()))


def base(language: str) -> str:
    """Return the language of a variant, as de of de-simple."""
    return language.partition("-")[0].partition("_")[0].lower()


def _bare(text: str) -> str:
    """Leave out Arabic vowel signs and the stroke that stretches words."""
    return "".join(
        c for c in text if c != TATWEEL and not (c > "\u0600" and unicodedata.combining(c))
    )


def _alike(word: str) -> str:
    return _bare(word).casefold().translate(ALIKE)


@cache
def _stops(language: str) -> frozenset[str]:
    import stopwordsiso  # noqa: PLC0415 - heavy

    known = stopwordsiso.stopwords(language) if stopwordsiso.has_lang(language) else set()
    return frozenset(_alike(word) for word in {*known, *OWN_STOPS.get(language, "").split()})


@cache
def _own_stops(language: str) -> frozenset[str]:
    """Our own stop words count in all their forms."""
    return frozenset(key_of(word, language) for word in OWN_STOPS.get(language, "").split())


def _light(word: str) -> str:
    """Return an Arabic word without its article and its ending."""
    return ENDING.sub("", _alike(ARTICLE.sub("", JOINED_FOR.sub("ل", word))))


@cache
def _stem(language: str) -> Callable[[str], str]:
    if language == "ar":
        return _light
    if language not in STEMMERS:
        return str
    import snowballstemmer  # noqa: PLC0415 - heavy

    stemmer, turn = snowballstemmer.stemmer(STEMMERS[language]), Lock()

    def stem(word: str) -> str:
        with turn:  # it keeps the word that it is at in itself
            return str(stemmer.stemWord(word))

    return stem
