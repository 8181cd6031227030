"""The edge of home."""

from home.routes import outbox, pages

blueprints = [*pages.blueprints, outbox.desk]
