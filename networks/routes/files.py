from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import downloading
from core.i18n import language
from networks.exchange.kinds import KINDS_OF_FILE
from networks.routes.findings import released_lines
from networks.routes.showing import Shown, desk, wave
from people.current import open_to
from people.models import Naming, Role
from surveys.definition import text_in
from surveys.routes.frozen import keep


@desk.get(f"/<slug>/files/<any({', '.join(KINDS_OF_FILE)}):format>")
@open_to(Role.TASK_FORCE)
def download(slug: str, format: str) -> ResponseReturnValue:
    """The network as a file; with all names only for the team, and only when asked."""
    from networks.exchange.exporting import export  # noqa: PLC0415 - heavy

    shown = Shown(wave(slug))
    audience = request.args.get("names", Naming.NETWORK)
    if audience == Naming.TEAM != shown.audience:
        abort(403)
    if audience not in [*Naming]:
        abort(404)
    shown = shown.for_audience(audience)
    kind = KINDS_OF_FILE[format]
    known = shown.analysis(), shown.places, audience, language(), gettext
    content = export(format, *known, slug)
    name = f"{slug}-{audience}" if audience == Naming.TEAM else slug
    return downloading.download(content, kind.ending, name, kind.mimetype)


@desk.post("/<slug>/stand")
def freeze(slug: str) -> ResponseReturnValue:
    """Freeze the picture and the key figures, with names that the network may see."""
    from networks.citing import figure  # noqa: PLC0415 - heavy

    shown = Shown(wave(slug))
    if not shown.network.answered:
        abort(404)
    title = text_in(shown.survey.title, language(), "de")[0]
    figures = []
    for audience in (Naming.NETWORK, Naming.PUBLIC):
        seen = shown.for_audience(audience)
        known = seen.analysis(), seen.places, seen.network, title, language(), gettext
        lines = released_lines(seen, audience)
        figures.append(figure(*known, audience=audience, findings=lines))
    return keep(shown.survey, *figures)
