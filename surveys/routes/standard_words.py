"""The words with which every invitation, reminder and letter begins, in all our languages."""

from flask_babel import gettext

from surveys.fieldwork.writing import Occasion


def paragraphs(occasion: Occasion, title: str, has_end: bool) -> list[str]:
    """Return the subject and the paragraphs for an occasion, in the language under way."""
    found = [*STANDARD[occasion](title)]
    if has_end:
        found.append(str(gettext("You can answer until {closes}.")))
    return [*found, str(gettext("Thank you!"))]


def salutation(who: str) -> str:
    """Return how a letter to somebody begins; to nobody in particular when it is empty."""
    return str(gettext("Dear %(who)s,", who=who) if who else gettext("Dear all,"))


def way_in() -> str:
    """Return what stands on paper beside a square."""
    return str(gettext("Scan the square with your phone, or type this address:"))


def _invitation(title: str) -> tuple[str, ...]:
    text = gettext(
        "{greeting}\n\nwe invite {organisation} to the survey “%(title)s”. Only your consent "
        "and your organisation are needed; you can skip everything else.\n\nYour "
        "link:\n{link}\n\nThe link is for your organisation; several people may use it. With "
        "it you can also say no, and change later who may see your name.",
        title=title,
    )
    return str(gettext("Invitation: %(title)s", title=title)), str(text)


def _reminder(title: str) -> tuple[str, ...]:
    text = gettext(
        "{greeting}\n\na while ago we invited {organisation} to the survey “%(title)s”. "
        "We have no answer from you yet, and yours counts: without it a part of the "
        "picture is missing. What was begun is kept; you go on where you "
        "stopped.\n\nYour link:\n{link}\n\nWith it you can also say no, or tell us that "
        "somebody else is in charge; then we do not write again.",
        title=title,
    )
    return str(gettext("Reminder: %(title)s", title=title)), str(text)


def _letter(title: str) -> tuple[str, ...]:
    text = gettext(
        "{greeting}\n\nwe would like to hear from your organisation. The survey takes about 10 "
        "minutes and works on any phone or computer. Only your consent and your organisation "
        "are needed; you can skip everything else.\n\n{link}\n\nThe link is for your "
        "organisation; several people may use it. With it you can also say no, and change "
        "later who may see your name."
    )
    return str(gettext("Invitation: %(title)s", title=title)), str(text)


STANDARD = {
    Occasion.INVITATION: _invitation,
    Occasion.REMINDER: _reminder,
    Occasion.LETTER: _letter,
}
