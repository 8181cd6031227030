"""The edge of home."""

from home.routes import (  # noqa: F401 - some hang on the desk of another
    archiving,
    health,
    legal,
    material,
    outbox,
    pages,
    searching,
    timing,
    weekly,
)

blueprints = [
    *pages.blueprints,
    health.site,
    legal.site,
    outbox.desk,
    material.desk,
    *archiving.blueprints,
]
