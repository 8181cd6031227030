"""Who of the staff is asking, in which project, and the only doors to the project's rows."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import select

from core import i18n, web
from core.db import db
from people.desk import Tab, tabs_of
from people.models import Membership, Owned, Project, Role, User
from people.taxonomy import Taxonomy
from people.terms.keeping import taxonomy_of

T = TypeVar("T", bound=Owned)
View = TypeVar("View", bound=Callable[..., Any])
STAFF: set[str] = set()  # the blueprints for which it matters who has signed in


def account_blueprint(name: str, import_name: str) -> Blueprint:
    """Make a blueprint in staff languages that may ask who has signed in."""
    STAFF.add(name)
    bp = Blueprint(name, import_name)
    bp.before_request(i18n.for_staff)
    return bp


def signed_in_only(bp: Blueprint) -> Blueprint:
    """Let only those enter who have signed in."""
    bp.before_request(lambda: None if current_user.is_authenticated else sign_in_first())
    return bp


def staff_blueprint(name: str, import_name: str, area: str = "") -> Blueprint:
    """Make a blueprint below ``/p/<project>`` that only staff of the project enter.

    Unknown and foreign projects are the same 404. Views are for facilitators unless
    they say otherwise with :func:`open_to`.
    """
    STAFF.add(name)
    bp = Blueprint(name, import_name, url_prefix=f"/p/<project>{area}")
    bp.url_value_preprocessor(_note_project)
    bp.url_defaults(_add_project)
    bp.before_request(_enter)
    bp.context_processor(_desk)
    return bp


def open_to(*roles: Role) -> Callable[[View], View]:
    """Open a view to more roles than the facilitator."""

    def mark(view: View) -> View:
        view.roles = {Role.FACILITATOR, *roles}  # type: ignore[attr-defined]
        return view

    return mark


def only_for(*roles: Role) -> Callable[[View], View]:
    """Close a view to all other roles, that of the facilitator too."""

    def mark(view: View) -> View:
        view.roles = {*roles}  # type: ignore[attr-defined]
        return view

    return mark


def current_staff() -> User:
    """Return the account that is signed in."""
    user: User = current_user._get_current_object()
    return user


def current_membership() -> Membership:
    """Return the membership of the person asking in the project of the address."""
    membership: Membership = g.membership
    return membership


def current_project() -> Project:
    """Return the project of the address."""
    project: Project = g.project
    return project


def current_terms() -> Taxonomy:
    """Return the terms of the project of the address; asked once in a request."""
    if "terms" not in g:
        g.terms = taxonomy_of(db.session, current_project().id)
    found: Taxonomy = g.terms
    return found


def tabs_used() -> list[Tab]:
    """Return the tabs that the project of the address uses; asked once in a request."""
    if "tabs" not in g:
        g.tabs = tabs_of(db.session, current_project())
    found: list[Tab] = g.tabs
    return found


def may_open(endpoint: str, role: Role) -> bool:
    """Tell whether a role opens this view."""
    view = current_app.view_functions[endpoint]
    return role in getattr(view, "roles", {Role.FACILITATOR})


def first_page(project: Project, role: Role) -> str:
    """Return the address of the first tab of *project* that a role opens."""
    tabs = tabs_of(db.session, project)
    endpoint = next(tab.endpoint for tab in tabs if may_open(tab.endpoint, role))
    return url_for(endpoint, project=project.slug)


def find(model: type[T], **key: object) -> T:
    """Return the project's row with this *key*, or answer 404: unknown and foreign alike."""
    return db.session.scalar(select(model).filter_by(**_ours(), **key)) or abort(404)


def find_all(model: type[T], **key: object) -> Sequence[T]:
    """Return all rows of the project with this *key*, the oldest first."""
    query = select(model).filter_by(**_ours(), **key).order_by(model.id)
    return db.session.scalars(query).all()


def sign_in_first() -> ResponseReturnValue:
    """Send the browser to the sign-in page and back here, or answer 401 to a form."""
    if request.method != "GET":
        return web.refuse(
            401, gettext("Please sign in, in another tab. Then send it once more.")
        )
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")), 303)


def _note_project(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.project_slug = values.pop("project", "") if values else ""


def _add_project(_endpoint: str, values: dict[str, Any]) -> None:
    if "project" not in values and "project_slug" in g:
        values["project"] = g.project_slug


def _enter() -> ResponseReturnValue | None:
    i18n.for_staff()
    if not current_user.is_authenticated:
        return sign_in_first()
    query = select(Membership, Project).join(Project, Membership.project_id == Project.id)
    query = query.where(Project.slug == g.project_slug, Membership.user_id == current_user.id)
    found = db.session.execute(query).one_or_none() or abort(404)
    g.membership, g.project = found
    if not may_open(request.endpoint or "", g.membership.role):
        abort(403)
    return None


def _desk() -> dict[str, object]:
    if "project" not in g:
        return {}
    return {
        "project": current_project(),
        "membership": current_membership(),
        "tabs": _tabs,
    }


def _tabs() -> list[Tab]:
    role = current_membership().role
    return [tab for tab in tabs_used() if may_open(tab.endpoint, role)]


def _ours() -> dict[str, int]:
    return {"project_id": current_project().id}
