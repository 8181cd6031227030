"""Hearing: which texts of a survey have been spoken, as a page needs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.orm import Session

from core.quick import Question
from surveys.definition import Definition, Item, text_in
from surveys.questionnaires import wordings
from surveys.questionnaires.paging import Page
from surveys.questionnaires.wordings import Wording, digest_of
from surveys.sounds.models import Recording


@dataclass(frozen=True)
class Voices:
    """The recordings of a survey; ``place`` tells them from those of any other moment."""

    place: tuple[int, int] | None = None
    folder: str = ""
    spoken: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    by_device: bool = False  # phones with a voice of their own read what nobody has spoken

    def of(self, key: str, text: str, language: str) -> str:
        """Return the address at which a text is heard, in just these words, or nothing."""
        if not self.spoken:
            return ""
        digest = self.spoken.get((language, key, digest_of(text)))
        return f"{self.folder}/{digest}.m4a" if digest else ""


@dataclass(frozen=True)
class Heard:
    """A text that is heard: the label, the hint, or ``=`` and the name of a choice."""

    address: str
    part: str
    text: str
    language: str

    @property
    def choice(self) -> str:
        return self.part[1:] if self.part.startswith("=") else ""


SILENT = Voices()


class Ear:
    """What can be heard of a version in one language."""

    def __init__(self, definition: Definition, language: str, voices: Voices) -> None:
        self._definition = definition
        self._language = language
        self._voices = voices

    def hear(self, item: Item) -> list[Heard]:
        """List what is heard of a question, in the order in which one would read it."""
        if not self._voices.spoken:
            return []
        texts = wordings.wordings_of(item), wordings.choices_of(self._definition, item)
        return [heard for text in chain(*texts) if (heard := self._hear(text))]

    def hear_head(self, page: Page) -> Heard | None:
        """Return what is heard of the heading of a page."""
        texts = wordings.wordings_of(page.part) if page.part else iter(())
        return next((self._hear(text) for text in texts), None)

    def hears(self, page: Page) -> bool:
        """Whether anything on a page is heard, or may be from a phone with a voice."""
        if self._voices.by_device:
            return True
        within = Definition({}, "", "", (), page.items).walk()
        return bool(self.hear_head(page)) or any(map(self.hear, within))

    def _hear(self, wording: Wording) -> Heard | None:
        default = self._definition.default_language
        text, language = text_in(wording.texts, self._language, default)
        address = self._voices.of(wording.key, text, language)
        if not address:
            return None
        return Heard(address, wording.part, wordings.spoken_text(text), language)


_spoken = Question(
    select(
        Recording.language, Recording.key, Recording.text_digest, Recording.digest
    ).where(Recording.survey_id == bindparam("survey_id"), Recording.checked.is_not(None))
)  # fmt: skip


def voices(
    place: Engine | Session, survey_id: int, number: int, slug: str, *, by_device: bool = False
) -> Voices:
    """Return what can be heard of a survey since its recordings changed *number* times."""
    rows = _spoken.ask_all(place, survey_id=survey_id)
    spoken = {(language, key, said): digest for language, key, said, digest in rows}
    return Voices((survey_id, number), f"/s/{slug}/sound", spoken, by_device)
