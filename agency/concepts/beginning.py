"""Beginning a concept with what was chosen: filled in, so that nothing is typed twice."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from sqlalchemy import select

from agency.concepts.models import Section
from agency.concepts.writing import Draft
from agency.evidence.collecting import Reader
from agency.evidence.references import Kind, Reference
from networks.introducing import introductions
from networks.models import Stage
from people.listings.models import For, Listing
from people.models import Naming, Organisation, Side
from people.naming import is_named_for
from workshop.following.deciding import decisions
from workshop.models import Idea

FEWEST = 10  # people of whom a number is told where everyone can read it


class Tongue(Protocol):
    """The language in which the concept is written."""

    def gettext(self, text: str, /, **values: object) -> str: ...
    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str: ...


def drafts(
    reader: Reader,
    chosen: Iterable[Reference],
    partners: Iterable[Organisation],
    tongue: Tongue,
    months: int = 24,
) -> Iterator[Draft]:
    """Yield what a concept says of itself once evidence and partners are chosen."""
    cited = list(chosen)
    wanted = {each.id: each for each in partners}
    for each in cited:
        match each.kind:
            case Kind.GAP:
                yield from _of_gap(reader, each, tongue)
            case Kind.IDEA:
                yield from _of_idea(reader, each, months)
            case Kind.VOTE:
                text = tongue.gettext("The workshop has chosen: %(what)s", what=_live(each))
                yield Draft(Section.APPROACH, text, evidence=(each,))
            case Kind.FIGURE:
                text = tongue.gettext("The survey shows: %(what)s", what=_live(each))
                yield Draft(Section.PROBLEM, text, evidence=(each,))
            case Kind.PASSAGE:
                yield Draft(Section.TARGET, _live(each), evidence=(each,))
            case Kind.FINDING | Kind.SOURCE:
                yield Draft(Section.PROBLEM, _live(each), evidence=(each,))
    wanted |= {each.id: each for each in _owners(reader, cited)}
    for organisation in wanted.values():
        yield _partner(organisation, reader, cited, tongue)


def suggested(reader: Reader) -> list[Organisation]:
    """List who could be partner: those who met or work together, or took on an idea."""
    met = {Stage.PLANNED, Stage.MET, Stage.WORKING}
    known = introductions(reader.session, reader.project)
    numbers = {id for each in known if each.stage in met for id in (each.a_id, each.b_id)}
    ideas = select(Idea.id).filter_by(project_id=reader.project.id)
    decided = decisions(reader.session, reader.session.scalars(ideas))
    numbers |= {each.owner_id for each in decided.values() if each.owner_id}
    query = select(Organisation).filter_by(project_id=reader.project.id, deleted=None)
    query = query.where(Organisation.id.in_(numbers) | Organisation.in_task_force)
    return list(reader.session.scalars(query.order_by(Organisation.name)))


def _of_gap(reader: Reader, cited: Reference, tongue: Tongue) -> Iterator[Draft]:
    query = select(Listing).filter_by(
        project_id=reader.project.id, side=Side.NEED, deleted=None
    )
    need = next((n for n in reader.session.scalars(query) if n.code == cited.key), None)
    if need is None:
        return
    owner = need.organisation
    is_told = not owner or is_named_for(owner, Naming.PUBLIC)
    title = need.title if is_told else reader.term(need.term)
    if need.people == For.ORGANISATIONS:
        text = tongue.gettext("Organisations look for: %(title)s.", title=title)
    elif need.quantity < FEWEST:
        text = tongue.gettext("Some people look for: %(title)s.", title=title)
    else:
        text = tongue.ngettext(
            "%(num)d person looks for: %(title)s.",
            "%(num)d people look for: %(title)s.",
            need.quantity,
            title=title,
        )
    yield Draft(Section.PROBLEM, text, evidence=(cited,))


def _of_idea(reader: Reader, cited: Reference, months: int) -> Iterator[Draft]:
    idea = reader.session.get(Idea, int(cited.key))
    if idea is None or idea.project_id != reader.project.id:
        return
    text = f"{idea.title.rstrip('.')}. {idea.text}".strip()
    span = {"begins": "1", "ends": str(months)}
    yield Draft(Section.APPROACH, text, evidence=(cited,))
    yield Draft(Section.MEASURES, idea.title, span, (cited,), _owner(reader, idea))


def _owner(reader: Reader, idea: Idea) -> int | None:
    decided = decisions(reader.session, [idea.id]).get(idea.id)
    return decided.owner_id if decided else None


def _owners(reader: Reader, cited: Iterable[Reference]) -> list[Organisation]:
    """List who has taken on one of the ideas that are cited."""
    numbers = [int(each.key) for each in cited if each.kind == Kind.IDEA]
    decided = decisions(reader.session, numbers).values()
    return [each.owner for each in decided if each.owner and not each.owner.deleted]


def _partner(
    organisation: Organisation, reader: Reader, cited: Iterable[Reference], tongue: Tongue
) -> Draft:
    """Return a partner with what it offers by the register, and the ideas it has taken on."""
    offers = [e.term for e in organisation.terms if e.side == Side.OFFER]
    terms = ", ".join(reader.term(each) for each in offers)
    text = tongue.gettext("Contributes: %(terms)s.", terms=terms) if terms else ""
    ideas = [each for each in cited if each.kind == Kind.IDEA]
    decided = decisions(reader.session, [int(each.key) for each in ideas])
    own = {id for id, each in decided.items() if each.owner_id == organisation.id}
    evidence = tuple(each for each in ideas if int(each.key) in own)
    return Draft(Section.PARTNERS, text, {}, evidence, organisation.id)


def _live(reference: Reference) -> str:
    return f"[[{reference}]]"
