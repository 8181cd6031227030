"""Taking answers along, and keeping a record of who did, when and how many."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import ZONE
from surveys.exporting import ddi, rscript, sav, spreadsheets, spss, stata
from surveys.exporting.gathering import answers_of, check, everything_asked
from surveys.exporting.tables import Options, Taking
from surveys.fieldwork.starting import versions_of
from surveys.models import Survey
from surveys.reporting.models import Export


def _spss(taking: Taking) -> bytes:
    write = sav.writer()
    return sav.as_zip(taking, write) if write else spss.as_zip(taking)


KINDS: Mapping[str, Callable[[Taking], bytes]] = {
    "xlsx": spreadsheets.as_xlsx,
    "csv": spreadsheets.as_csv,
    "spss": _spss,
    "stata": stata.as_zip,
    "r": rscript.as_zip,
    "ddi": ddi.as_xml,
}
NAMES = {
    "xlsx": "Excel", "csv": "CSV", "spss": "SPSS", "stata": "Stata", "r": "R", "ddi": "DDI",
}  # fmt: skip
PASSAGES, MAIL_MERGE = "passages", "mail merge"
ENDINGS = {"xlsx": "xlsx", "ddi": "xml"}  # all others are a ZIP
LISTED = 100


def taking(session: Session, survey: Survey, options: Options) -> Taking:
    """Return what is taken along of a survey.

    :raise AboutPersons: when the survey is about persons
    :raise Anonymous: when nobody knows who answered
    """
    check(survey)
    answers = answers_of(session, survey, options.leading_only)
    return Taking(
        everything_asked(session, survey),
        answers,
        options,
        slug=survey.slug,
        title=survey.title,
        versions=[
            (each.number, each.created.astimezone(ZONE).date())
            for each in versions_of(session, survey)
        ],
    )


def export(
    session: Session, survey: Survey, kind: str, options: Options, by: str, now: datetime
) -> bytes:
    """Return a file with the answers to a survey, and note who takes it along.

    Every time is noted, a retry too, as each gives a file away.

    :raise AboutPersons: when the survey is about persons
    :raise Anonymous: when nobody knows who answered
    """
    taken = taking(session, survey, options)
    content = KINDS[kind](taken)
    with_names = options.audience == "team"
    number = len(taken.answers.ids)
    _note(session, survey, kind, number, options.language, with_names, by, now)
    return content


def note_passages(
    session: Session, numbers: Mapping[Survey, int], language: str, by: str, now: datetime
) -> None:
    """Note who takes along how many marked passages of each survey."""
    for survey, number in numbers.items():
        _note(session, survey, PASSAGES, number, language, True, by, now)


def note_mail_merge(
    session: Session, survey: Survey, number: int, language: str, by: str, now: datetime
) -> None:
    """Note who takes along names, addresses and links of so many who are invited."""
    _note(session, survey, MAIL_MERGE, number, language, True, by, now)


def exports_of(
    session: Session, survey: Survey, words: str = "", names: Mapping[str, str] = NAMES
) -> Sequence[Export]:
    """List the latest exports of a survey in which all *words* are found.

    *Names* say what each kind of file is called.
    """
    query = select(Export).filter_by(survey_id=survey.id).order_by(Export.id.desc())
    sought = words.casefold().split()
    found = session.scalars(query if sought else query.limit(LISTED))
    hits = (each for each in found if all(word in _searched(each, names) for word in sought))
    return [each for each, _ in zip(hits, range(LISTED), strict=False)]


def _note(
    session: Session,
    survey: Survey,
    kind: str,
    rows: int,
    language: str,
    with_names: bool,
    by: str,
    now: datetime,
) -> None:
    session.add(
        Export(
            project_id=survey.project_id, survey_id=survey.id, by=by, kind=kind,
            language=language, rows=rows, with_names=with_names, at=now,
        )
    )  # fmt: skip


def _searched(export: Export, names: Mapping[str, str]) -> str:
    day = f"{export.at.astimezone(ZONE):%d.%m.%Y %Y-%m-%d}"
    return f"{export.by} {names.get(export.kind, '')} {export.language} {day}".casefold()
