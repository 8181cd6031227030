"""A booth: where somebody speaks the texts of a survey in one language.

Staff and speakers with a link see the same pages; both blueprints name their views alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage

from core import clock, web
from core.db import db
from core.errors import Refusal, message
from core.headers import WITH_MICROPHONE
from surveys.models import Survey
from surveys.questionnaires.tongues import name_of
from surveys.routes.wording import in_my_language
from surveys.sounds import keeping, recoding
from surveys.sounds.forms import FilesForm, SpokenForm
from surveys.sounds.keeping import FREE, State, Task
from surveys.sounds.models import SpeakerLink

AT_A_TIME = 50  # texts on a page
AT_ONCE = 40  # files: reading one takes about a second
STATES = {
    State.MISSING: message("missing"),
    State.OUTDATED: message("outdated: the text is another now"),
    State.WAITING: message("spoken, waits to be heard by the team"),
    State.SPOKEN: message("spoken"),
}


@dataclass(frozen=True)
class Booth:
    """A survey in one language, with all that is to be spoken, and how its pages look."""

    survey: Survey
    language: str
    tasks: list[Task]
    page: str
    link: SpeakerLink | None = None  # with which somebody without an account speaks

    def task(self, name: str) -> Task:
        return next((each for each in self.tasks if each.name == name), None) or abort(404)

    def beside(self, task: Task, step: int) -> Task | None:
        """Return the text before or after one, if there is any."""
        place = self.tasks.index(task) + step
        return self.tasks[place] if 0 <= place < len(self.tasks) else None

    def first(self, *states: State, after: Task | None = None) -> Task | None:
        """Return the first text in one of some states; *after* one, it goes around."""
        place = self.tasks.index(after) if after else -1
        others = self.tasks[place + 1 :] + self.tasks[: max(place, 0)]
        return next((each for each in others if each.state in states), None)


def booth_of(
    survey: Survey, language: str, page: str, link: SpeakerLink | None = None
) -> Booth:
    """Return the booth for a language of the survey, or answer 404."""
    definition = keeping.asked_now(db.session, survey)
    if language not in keeping.languages_of(definition):
        abort(404)
    texts = keeping.tasks(db.session, survey, definition, language)
    return Booth(survey, language, texts, page, link)


def listed(
    booth: Booth, form: FilesForm | None = None, refused: Mapping[str, str] | None = None
) -> str:
    """Show all texts, or those that were searched for."""
    words, state = request.args.get("words", ""), request.args.get("state", "")
    found = [
        task
        for task in booth.tasks
        if state in ("", task.state)
        and words.casefold() in f"{task.text} {task.about}".casefold()
    ]
    last = max(1, -(-len(found) // AT_A_TIME))
    page = min(max(1, request.args.get("page", 1, int)), last)
    return render_template(
        booth.page,
        **_facts(booth),
        found=found[(page - 1) * AT_A_TIME : page * AT_A_TIME],
        page=page,
        last=last,
        words=words,
        state=state,
        waiting=booth.first(*FREE),
        unheard=booth.first(State.WAITING),
        form=form or FilesForm(formdata=None),
        refused=refused or {},
        at_once=AT_ONCE,
    )


def shown(booth: Booth, task: Task, form: SpokenForm | None = None) -> Response:
    """Show one text, large, and what it takes to record it."""
    html = render_template(
        "surveys/public/speak.html",
        **_facts(booth),
        task=task,
        number=booth.tasks.index(task) + 1,
        before=booth.beside(task, -1),
        after=booth.beside(task, 1),
        form=form or SpokenForm(formdata=None, said=task.said),
    )
    answer = Response(html)
    answer.headers.extend(WITH_MICROPHONE)
    return answer


def keep(booth: Booth, task: Task) -> ResponseReturnValue:
    """Keep what was spoken, and go on with the next text that waits."""
    form = SpokenForm()
    if not form.validate():
        return shown(booth, task, form), 422

    try:
        _keep(booth, task, form.file.data, form.said.data or "")
    except Refusal as refusal:
        form.file.errors = [gettext(refusal.reason)]
        return shown(booth, task, form), 422
    db.session.commit()
    following = booth.first(*FREE, after=task)
    return web.back(address(following), gettext("The recording is kept."))


def keep_files(booth: Booth) -> ResponseReturnValue:
    """Keep many recordings, each for the text after which its file is named."""
    form = FilesForm()
    if not form.validate():
        return listed(booth, form), 422

    refused = {}
    for number, file in enumerate(form.files.data or []):
        name = file.filename or ""
        wanted = keeping.file_name(PurePath(name).stem)
        task = next((each for each in booth.tasks if each.file_name == wanted), None)
        if number >= AT_ONCE:
            refused[name] = gettext("too many at once: please send it once more")
        elif task is None:
            refused[name] = gettext("No text has this name. The names stand in the list.")
        else:
            try:
                _keep(booth, task, file, task.said)
                db.session.commit()  # one by one: the next may be refused
            except Refusal as refusal:
                refused[name] = gettext(refusal.reason)
    if refused:
        fresh = booth_of(booth.survey, booth.language, booth.page, booth.link)
        return listed(fresh, refused=refused), 422
    number = len(form.files.data or [])
    notice = ngettext("%(num)s recording is kept.", "%(num)s recordings are kept.", number)
    return web.back(address(None), notice)


def remove(booth: Booth, task: Task) -> ResponseReturnValue:
    keeping.remove(db.session, booth.survey, booth.language, task.key, booth.link)
    db.session.commit()
    return web.back(address(task), gettext("The recording is deleted."))


def played(booth: Booth, digest: str) -> Response:
    """Let a recording be heard that people who answer may not hear yet."""
    sound = keeping.sound_of(db.session, booth.survey.id, digest, booth.language)
    return sent(sound or abort(404), digest)


def sent(sound: bytes, digest: str) -> Response:
    """Answer with a sound, or the part that was asked for: iPhones play nothing else."""
    answer = Response(sound, mimetype="audio/mp4")
    answer.set_etag(digest)
    answer.make_conditional(request, accept_ranges=True, complete_length=len(sound))
    return answer


def _keep(booth: Booth, task: Task, file: FileStorage, said: str) -> None:
    sound = recoding.recode(file.read())
    keeping.keep(
        db.session, booth.survey, booth.language, task, sound, said=said,
        today=clock.today(), link=booth.link,
    )  # fmt: skip


def _facts(booth: Booth) -> dict[str, object]:
    return {
        "survey": booth.survey,
        "survey_title": in_my_language(booth.survey.title),
        "language": booth.language,
        "link": booth.link,
        "language_title": name_of(booth.language),
        "all_tasks": booth.tasks,
        "counts": keeping.counted(booth.tasks),
        "states": STATES,
        "place": _place(),
    }


def _place() -> dict[str, Any]:
    """Return what all addresses of the booth under way have in common."""
    given = request.view_args or {}
    return {name: given[name] for name in ("slug", "language", "token") if name in given}


def address(task: Task | None) -> str:
    """Return the address of a text, or of all when there is none to go on with."""
    place = _place()
    return url_for(".text", **place, name=task.name) if task else url_for(".texts", **place)
