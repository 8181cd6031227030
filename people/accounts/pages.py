"""The pages of Flask-Security in our manner: our labels, 422 for mistakes, 303 after forms."""

from typing import Any

from flask import (
    Flask,
    Response,
    abort,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_security.forms import Form

from core import i18n, qr
from core.errors import message

LABELS = {
    "email": message("E-mail"),
    "current-password": message("Password"),
    "new-password": message("New password"),
    "one-time-code": message("Code with 6 digits"),
}
ONCE_MORE = message("New password, once more")
LONGEST = 1_000  # nobody types more into a sign-in; hashing it would take long


def init_app(app: Flask) -> None:
    app.before_request_funcs["security"].insert(0, prepare)
    app.after_request_funcs["security"].append(see_other)


def prepare() -> None:
    """Offer the languages of the staff; take forms only, and only what people type."""
    i18n.for_staff()
    values = request.form.values()
    if request.is_json or any(len(value) > LONGEST or "\0" in value for value in values):
        abort(400)


def see_other(response: Response) -> Response:
    """After a form the browser asks for the next page, and 303 says so."""
    if request.method == "POST" and response.status_code == 302:
        response.status_code = 303
    return response


def render(template: str, **context: Any) -> Any:
    """Render a page, or the text of a mail."""
    forms = [form for form in context.values() if isinstance(form, Form)]
    for form in forms:
        name_fields(form)
    context["qr"] = qr.square
    if request.method != "POST" or template.startswith("security/email/"):
        return render_template(template, **context)
    if template.endswith("forgot.html") and not any(form.errors for form in forms):
        return redirect(url_for("security.login"), 303)
    return render_template(template, **context), 422 if any(f.errors for f in forms) else 200


def name_fields(form: Form) -> None:
    """Call the fields as we call them everywhere."""
    for field in form:
        purpose = (field.render_kw or {}).get("autocomplete", "")
        if field.name.endswith("_confirm"):
            field.label.text = gettext(ONCE_MORE)
        elif purpose in LABELS:
            field.label.text = gettext(LABELS[purpose])
