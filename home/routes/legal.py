from pathlib import Path

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from core import source
from core.downloading import download

site = Blueprint("legal", __name__, url_prefix="/legal")


@site.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What happens to what people tell (Art. 13 GDPR), as this server is set up."""
    return render_template("home/legal/privacy.html")


@site.get("/imprint")
def imprint() -> ResponseReturnValue:
    """Who answers for these pages (§ 5 DDG)."""
    return render_template("home/legal/imprint.html")


@site.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """How well everyone can use these pages, and where to say what hinders."""
    return render_template("home/legal/accessibility.html")


@site.get("/source")
def source_code() -> ResponseReturnValue:
    """The licence, the running version, and where its source is."""
    return render_template("home/legal/source.html", version=source.VERSION)


@site.get("/source/archive")
def archive() -> ResponseReturnValue:
    """The source of the running version."""
    packed = source.archive(Path(current_app.root_path))
    return download(packed, "tar.gz", f"werkstatt-{source.VERSION}")
