"""What a row from an archive gets anew on this server: addresses, codes, links and seals."""

import json
import re
from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from agency import earning
from agency.concepts import keeping as concept
from agency.concepts.sections import Content
from agency.funding.receiving import receive
from agency.meetings import inviting as meeting
from agency.meetings.holding import key_of_introduction
from agency.rounds import beginning as ranking
from agency.rounds.weighing import checked
from core.keys import Keyring
from core.links import new_link
from core.models import Base
from core.slugs import LONGEST, slugs
from home.archive.deciding import SECRET
from home.archive.marking import MARKED, key_with
from home.archive.opening import SLUG
from home.archive.shape import MARK, OPENED, Plan
from people.contacts import KEY as CONTACTS
from people.contacts import Person
from surveys.definition import Definition
from surveys.fieldwork import inviting
from surveys.fieldwork.importing import digest_of
from surveys.reporting import freezing
from surveys.responses import sealing
from workshop.preparing import new_code

Row = dict[str, Any]
CODE = re.compile(r"[\w-]{1,40}", re.ASCII)


class Renewing:
    """Makes rows fit for this server; each of ours that needs it has its way here."""

    def __init__(self, session: Session, keys: Keyring) -> None:
        self._session, self._keys = session, keys
        self._called: dict[tuple[str, str], str] = {}  # what has another name here

    def renew(self, plan: Plan, row: Row, told: Mapping[str, Any]) -> Row:
        """Return a row with what it gets anew; *told* is how it stands in the archive.

        :raise ValueError: when it does not fit
        """
        row = row | {column.name: _filling(column) for column in plan.unsaid}
        if plan.name in MARKED:
            row[MARKED[plan.name]] = key_with(str(told.get(MARK) or ""))
        change = getattr(self, f"_renew_{plan.name}", None)
        return row | change(row, told) if change else row

    def called(self, table: str, name: str) -> str:
        """Return what a row is called here that had this name."""
        return self._called.get((table, name), name)

    def _renew_survey(self, row: Row, _told: Mapping[str, Any]) -> Row:
        slug = self._called["survey", row["slug"]] = self._free("survey", row["slug"])
        return {"slug": slug}

    def _renew_survey_version(self, row: Row, _told: Mapping[str, Any]) -> Row:
        try:
            definition = Definition.from_json(row["definition"])
        except (LookupError, TypeError, AttributeError) as error:
            raise ValueError from error
        if digest_of(definition) != row["digest"]:
            raise ValueError  # questionnaires are kept under it
        return {}

    def _renew_workshop(self, row: Row, _told: Mapping[str, Any]) -> Row:
        return {"slug": self._free("workshop", row["slug"]), "code": new_code()}

    def _renew_frozen(self, row: Row, _told: Mapping[str, Any]) -> Row:
        code = row["code"]
        if not CODE.fullmatch(code):
            raise ValueError
        new = freezing.new_code() if self._is_there("frozen", "code", code) else code
        self._called["frozen", code] = new
        return {"code": new}

    def _renew_invitation(self, _row: Row, _told: Mapping[str, Any]) -> Row:
        return {**inviting.new_link(self._keys)}

    def _renew_guest(self, _row: Row, _told: Mapping[str, Any]) -> Row:
        return {**new_link(self._keys, meeting.KEY)}

    def _renew_ranking_place(self, row: Row, _told: Mapping[str, Any]) -> Row:
        checked(row["wanted"])
        return {**new_link(self._keys, ranking.KEY)}

    def _renew_agenda_item(self, row: Row, _told: Mapping[str, Any]) -> Row:
        number = row["introduction_id"]
        return {"form_key": key_of_introduction(number)} if number else {}

    def _renew_concept_edition(self, row: Row, _told: Mapping[str, Any]) -> Row:
        Content.from_json(row["content"])  # as it is read whenever it is shown
        return {**new_link(self._keys, concept.KEY)}

    def _renew_funding_check(self, row: Row, _told: Mapping[str, Any]) -> Row:
        receive(row["answers"], row["results"])  # as they are read whenever it is shown
        return {}

    def _renew_listing(self, row: Row, _told: Mapping[str, Any]) -> Row:
        for each in row["besides"].values():
            texts = [each.get("locality", ""), *each.get("times", [])]
            if not isinstance(each.get("times", []), list) or not _are_texts(texts):
                raise ValueError
        return {}

    def _renew_income_note(self, row: Row, _told: Mapping[str, Any]) -> Row:
        if not all(isinstance(each, int | float) for each in row["figures"].values()):
            raise ValueError
        if row["figures"].keys() - {*earning.NAMES}:
            raise ValueError
        return {}

    def _renew_contact(self, row: Row, told: Mapping[str, Any]) -> Row:
        content = json.loads(told[OPENED]) if told[OPENED] else {}
        try:
            Person(**content)
        except TypeError as error:
            raise ValueError from error
        if not all(isinstance(text, str) for text in content.values()):
            raise ValueError
        place = f"contact.sealed:{row['organisation_id']}"
        return {"sealed": self._keys.seal(CONTACTS, told[OPENED], place)}

    def _renew_sealed_answer(self, row: Row, told: Mapping[str, Any]) -> Row:
        place = sealing.place_of(row["response_id"], row["question"])
        return {"sealed": self._keys.seal(sealing.KEY, told[OPENED], place)}

    def _free(self, table: str, slug: str) -> str:
        """Return an address that nothing has on this server, the same if it can be."""
        if not SLUG.fullmatch(slug) or len(slug) > LONGEST + 12:
            raise ValueError
        free = (each for each in slugs(slug, table) if not self._is_there(table, "slug", each))
        return slug if not self._is_there(table, "slug", slug) else next(free)

    def _is_there(self, table: str, column: str, value: str) -> bool:
        there = Base.metadata.tables[table].c[column]
        return self._session.scalar(select(there).where(there == value)) is not None


def _are_texts(some: Iterable[object]) -> bool:
    return all(isinstance(each, str) for each in some)


def _filling(column: Column[Any]) -> str:
    """Return a text for a column of which no archive tells: a key that opens nothing."""
    return token_hex(16) if SECRET.search(column.name) and column.name != "proof" else ""
