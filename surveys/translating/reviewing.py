"""Reviewing: a text corrected, checked by a named person, and a language released.

What is corrected is seen by respondents at once: the number ``Survey.wording`` grows with it,
and every process that keeps the questionnaire compiles it anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.errors import ChangedMeanwhile, Refusal, message
from core.languages import FALLBACK as GERMAN
from core.languages import GENERAL, SPOKEN
from core.models import insert_once
from surveys.definition import Definition
from surveys.models import Survey
from surveys.translating import states
from surveys.translating.models import Release, Translation
from surveys.translating.states import Coverage, Reviewed, Standing
from surveys.translating.texts import DRAFT, drafts_of, laid_over, mark, references, wordings


class NothingToCheck(Refusal):
    reason = message("There is no text yet that could be right.")


class ReferencesDiffer(Refusal):
    reason = message(
        "The text must name the same answers as its source: %(names)s. Copy them as they are."
    )


class NotSound(Refusal):
    """A language with texts missing or unchecked is released knowingly only."""

    reason = message(
        "Texts of this language are missing, or nobody has checked them. Please confirm that "
        "it is to be offered all the same."
    )


def languages_of(definition: Definition) -> list[str]:
    """Return the languages into which a questionnaire is or could be translated."""
    known = dict.fromkeys([*definition.languages, *SPOKEN])
    return [code for code in known if code and code != definition.default_language]


def always_offered(definition: Definition) -> tuple[str, ...]:
    """Return the languages that respondents are offered without a release."""
    return definition.default_language, GERMAN, GENERAL


def texts_of(
    session: Session, survey: Survey, definition: Definition, language: str
) -> list[Reviewed]:
    """Return all texts in a language beside their sources."""
    rows = _rows(session, survey, language)
    return [*states.reviewed(definition, wordings(definition), rows, language)]


def coverages(
    session: Session, survey: Survey, definition: Definition, languages: Iterable[str] = ()
) -> list[Coverage]:
    """Return for every language, or some, how many texts stand where."""
    texts, found = [*wordings(definition)], []
    for language in languages or languages_of(definition):
        rows = _rows(session, survey, language)
        there = [*states.reviewed(definition, texts, rows, language)]
        found.append(states.coverage(language, there))
    return found


def released(session: Session, survey_id: int) -> Mapping[str, Release]:
    """Return the languages that somebody has released, and who did."""
    found = session.scalars(select(Release).filter_by(survey_id=survey_id).order_by(Release.id))
    return {each.language: each for each in found}


def worded(session: Session, survey_id: int, definition: Definition) -> Definition:
    """Return *definition* with what people have corrected."""
    rows = session.scalars(select(Translation).filter_by(survey_id=survey_id)).all()
    return laid_over(definition, states.corrections(definition, rows))


def for_export(session: Session, survey: Survey, definition: Definition) -> Definition:
    """Return *definition* with all corrections, and with the drafts that are left."""
    corrected = worded(session, survey.id, definition)
    found = coverages(session, survey, definition)
    drafts = [
        each.language
        for each in found
        if each.language in corrected.languages
        and each.counts[Standing.DRAFT] + each.counts[Standing.OUTDATED]
    ]
    settings = {**corrected.settings, DRAFT: " ".join(drafts)}
    return replace(corrected, settings={name: text for name, text in settings.items() if text})


def put(
    session: Session, survey: Survey, definition: Definition, language: str, key: str,
    text: str, *, seen: str, by: str | None, today: date,
) -> None:  # fmt: skip
    """Put *text* in the place of what was *seen*, checked *by* somebody or not yet.

    :raise NothingToCheck: when an empty text is to be right
    :raise ReferencesDiffer: when it names other answers than its source
    :raise ChangedMeanwhile: when somebody else has changed it since
    :raise KeyError: when there is no such text
    """
    wording = next((each for each in wordings(definition) if each.key == key), None)
    if wording is None:
        raise KeyError(key)
    source, given = wording.source(definition.default_language), wording.texts.get(language, "")
    if not text and by:
        raise NothingToCheck
    if text and (names := references(source)) != references(text):
        raise ReferencesDiffer(names=" ".join(names) or "–")
    place = {"survey_id": survey.id, "language": language, "key": key}
    row = session.scalar(select(Translation).filter_by(**place))
    if seen != states.seen(source, given, row):
        raise ChangedMeanwhile
    values = {
        "text": text or given, "source": mark(source), "given": mark(given),
        "checked_by": by, "checked_on": today if by else None,
    }  # fmt: skip
    if row is None:
        done = insert_once(session, Translation, **place, **values)
    else:
        as_read = {"text": row.text, "source": row.source, "checked_by": row.checked_by}
        unchanged = update(Translation).filter_by(id=row.id, **as_read)
        done = session.scalar(unchanged.values(**values).returning(Translation))
    if not done:
        raise ChangedMeanwhile
    _changed(session, survey.id)


def release(
    session: Session, survey: Survey, definition: Definition, language: str, *,
    by: str, today: date, knowingly: bool = False,
) -> None:  # fmt: skip
    """Offer respondents a language.

    :raise NotSound: when texts are missing or unchecked, and it is not done *knowingly*
    """
    texts = texts_of(session, survey, definition, language)
    if not knowingly and not states.coverage(language, texts).is_sound:
        raise NotSound
    if insert_once(session, Release, survey_id=survey.id, language=language, by=by, day=today):
        _changed(session, survey.id)


def withdraw(session: Session, survey: Survey, language: str) -> None:
    """Offer a language no more; who is answering in it goes on in the next one."""
    session.execute(delete(Release).filter_by(survey_id=survey.id, language=language))
    _changed(session, survey.id)


def note_new_version(
    session: Session, survey_id: int, before: Definition, after: Definition
) -> None:
    """Mark as outdated what counted as checked, and now stands beside another source."""
    old = {each.key: each for each in wordings(before)}
    fresh = [each for each in wordings(after) if each.key in old]
    counted = {*before.languages} - drafts_of(before) - {before.default_language}
    for wording in fresh:
        source = old[wording.key].source(before.default_language)
        if source == wording.source(after.default_language):
            continue
        for language in counted & {*after.languages}:
            text = old[wording.key].texts.get(language, "")
            if text and text == wording.texts.get(language):
                insert_once(
                    session, Translation, survey_id=survey_id, language=language,
                    key=wording.key, text=text, source=mark(source), given=mark(text),
                )  # fmt: skip
    _changed(session, survey_id)


def carry_over(session: Session, old: Survey, new: Survey) -> None:
    """Let the next wave of a survey begin with what was corrected, checked and released."""
    kept: Sequence[type[Translation | Release]] = (Translation, Release)
    for model in kept:
        columns = [each.name for each in model.__table__.columns if each.name != "id"]
        for row in session.scalars(select(model).filter_by(survey_id=old.id)).all():
            values = {name: getattr(row, name) for name in columns}
            insert_once(session, model, **values | {"survey_id": new.id})
    _changed(session, new.id)


def _rows(session: Session, survey: Survey, language: str) -> dict[str, Translation]:
    query = select(Translation).filter_by(survey_id=survey.id, language=language)
    return {each.key: each for each in session.scalars(query)}


def _changed(session: Session, survey_id: int) -> None:
    grown = update(Survey).where(Survey.id == survey_id)
    session.execute(grown.values(wording=Survey.wording + 1))
