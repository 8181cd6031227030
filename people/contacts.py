"""The person to write to in an organisation: sealed, and read one at a time."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.models import insert_once
from people.models import Contact, Organisation

KEY = "contacts"
GREETINGS = ("guten", "sehr geehrte", "liebe", "hallo", "moin", "dear", "hello", "good ")
TO_ALL = ("herren", "alle", "all")


@dataclass(frozen=True)
class Person:
    """Whom to write to, and where; never a part of the register's lists and exports."""

    salutation: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    language: str = ""  # in which we write to them, where it is known

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    @property
    def greeting(self) -> str:
        """Return the greeting that was typed, with the name; nothing for a mere “Frau”."""
        typed = self.salutation.rstrip(" ,")
        if not typed.lower().startswith(GREETINGS):
            return ""
        surname = self.name.rpartition(" ")[2]
        is_whole = surname in typed or typed.lower().endswith(TO_ALL)
        return typed if is_whole else f"{typed} {self.name}"

    @property
    def addressee(self) -> str:
        """Return the name as it stands on an envelope."""
        title = "" if self.greeting else self.salutation
        return f"{title} {self.name}".strip() if self.name else ""


def contact_of(session: Session, keys: Keyring, organisation: Organisation) -> Person:
    """Return whom to write to in *organisation*; an empty person when nobody is known."""
    row = session.scalar(select(Contact).filter_by(organisation_id=organisation.id))
    return _open(keys, row) if row else Person()


def contacts_of(
    session: Session, keys: Keyring, organisations: Iterable[Organisation]
) -> dict[int, Person]:
    """Return whom to write to by the number of the organisation, where somebody is known."""
    wanted = {organisation.id: organisation.project_id for organisation in organisations}
    rows = session.scalars(select(Contact).where(Contact.project_id.in_({*wanted.values()})))
    return {
        row.organisation_id: _open(keys, row) for row in rows if row.organisation_id in wanted
    }


def keep_contact(
    session: Session, keys: Keyring, organisation: Organisation, person: Person
) -> None:
    """Seal whom to write to; nobody means that the earlier contact is forgotten."""
    if not person:
        session.execute(delete(Contact).filter_by(organisation_id=organisation.id))
        return
    sealed = _seal(keys, organisation, person)
    key = {"project_id": organisation.project_id, "organisation_id": organisation.id}
    if not insert_once(session, Contact, **key, sealed=sealed):
        row = session.scalars(select(Contact).filter_by(**key)).one()
        row.sealed = sealed


def first_contacts(
    session: Session, keys: Keyring, people: Iterable[tuple[Organisation, Person]]
) -> None:
    """Seal whom to write to in organisations that are new and have no contact yet."""
    for organisation, person in people:
        if person:
            session.add(
                Contact(
                    project_id=organisation.project_id,
                    organisation_id=organisation.id,
                    sealed=_seal(keys, organisation, person),
                )
            )


def forget_contacts(session: Session, organisation_ids: Sequence[int]) -> None:
    """Forget whom to write to in many organisations."""
    session.execute(delete(Contact).where(Contact.organisation_id.in_(organisation_ids)))


def _seal(keys: Keyring, organisation: Organisation, person: Person) -> str:
    text = json.dumps(asdict(person), ensure_ascii=False)
    return keys.seal(KEY, text, _place(organisation.id))


def _open(keys: Keyring, row: Contact) -> Person:
    text = keys.unseal(KEY, row.sealed, _place(row.organisation_id))
    return Person(**json.loads(text)) if text else Person()


def _place(organisation_id: int) -> str:
    return f"contact.sealed:{organisation_id}"
