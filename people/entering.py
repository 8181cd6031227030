"""Getting in: links that open once, the first administrator, and a pace for wrong tries."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from people.models import SignInKey, SignInTry, User

BY_MAIL = timedelta(minutes=30)  # mail may be slow, and a stolen mailbox must not help later
BY_COMMAND = timedelta(hours=24)  # whoever installs in the evening signs in the next day
FREE_TRIES = 5  # nobody mistypes more often without stopping to think
PAUSE = timedelta(seconds=30)  # then one try in each: 2,880 a day guess no password
MAIL_PAUSE = timedelta(minutes=5)  # more letters would be a nuisance to their owner
FORGOTTEN = timedelta(minutes=15)


class AddressInUse(Refusal):
    reason = message("Another account has this address.")


def make_key(session: Session, user: User, lasts: timedelta, now: datetime) -> str:
    """Make a link with which *user* signs in once and return its key, kept as a hash only."""
    key = token_urlsafe(16)
    session.execute(delete(SignInKey).where(SignInKey.expires < now))
    session.add(SignInKey(user_id=user.id, key_hash=hash_of(key), expires=now + lasts))
    return key


def whose_key(session: Session, key: str, now: datetime) -> User | None:
    """Return whom this key would sign in."""
    query = select(User).join(SignInKey, SignInKey.user_id == User.id)
    return session.scalar(query.where(_opens(key, now)))


def use_key(session: Session, key: str, now: datetime) -> User | None:
    """Return whom this key signs in; of any number of attempts exactly one succeeds."""
    owner = session.scalar(
        update(SignInKey).where(_opens(key, now)).values(used=now).returning(SignInKey.user_id)
    )
    return session.scalar(select(User).filter_by(id=owner, active=True)) if owner else None


def user_with(session: Session, email: str) -> User | None:
    """Return the active account with this address, in whatever letters it is written."""
    query = select(User).where(User.email != "", User.active)
    return session.scalar(query.where(func.lower(User.email) == email.strip().lower()))


def administrator(session: Session) -> User:
    """Return the first administrator; a server that has none gets one, without an address."""
    query = select(User).filter_by(is_administrator=True).order_by(User.id).limit(1)
    found = session.scalar(query)
    if not found:
        insert_once(session, User, email="", fs_uniquifier=uuid4().hex, is_administrator=True)
        found = session.scalars(query).one()
    return found


def give_address(session: Session, user: User, email: str) -> None:
    """Let an account without an address have one; it is given once.

    :raise AddressInUse: when another account has it
    """
    taken = exists().where(aliased(User).email == email)
    query = update(User).where(User.id == user.id, User.email == "", ~taken)
    if session.scalar(query.values(email=email).returning(User.id)) is None:
        raise AddressInUse


def drop_second_step(user: User) -> None:
    """Let *user* in without their phone, until they set one up again."""
    user.tf_primary_method = user.tf_totp_secret = None
    user.tf_counter = user.mf_recovery_codes = None


def take_turn(
    session: Session, keys: Keyring, name: str, now: datetime, pause: timedelta = PAUSE
) -> bool:
    """Count a try under *name*; after some, each must wait until *pause* has passed.

    Only tries that had their turn count, so however fast others guess, the next turn is
    never further away than one pause. It does not matter where the tries come from: a
    room full of people behind one address is no crowd.
    """
    place = _place(keys, name)
    if insert_once(session, SignInTry, name_hash=place, count=1, last=now):
        return True
    in_turn = or_(SignInTry.count < FREE_TRIES, SignInTry.last <= now - pause)
    afresh = case((SignInTry.last < now - FORGOTTEN, 1), else_=SignInTry.count + 1)
    query = update(SignInTry).where(SignInTry.name_hash == place, in_turn)
    turn = query.values(count=afresh, last=now).returning(SignInTry.id)
    return session.scalar(turn) is not None


def forget_tries(session: Session, keys: Keyring, name: str) -> None:
    """Start from nothing: the right person came in."""
    session.execute(delete(SignInTry).filter_by(name_hash=_place(keys, name)))


def forget_old(session: Session, now: datetime) -> None:
    """Delete tries and keys that have no meaning any more."""
    session.execute(delete(SignInTry).where(SignInTry.last < now - FORGOTTEN))
    session.execute(delete(SignInKey).where(SignInKey.expires < now))


def hash_of(key: str) -> str:
    """A plain hash will do: a key is random and too long to be guessed."""
    return sha256(key.encode()).hexdigest()


def _opens(key: str, now: datetime) -> ColumnElement[bool]:
    return and_(
        SignInKey.key_hash == hash_of(key),
        SignInKey.used.is_(None),
        SignInKey.expires > now,
    )


def _place(keys: Keyring, name: str) -> str:
    return keys.hash("tries", name.strip().lower())
