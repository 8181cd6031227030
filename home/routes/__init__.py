"""The edge of home."""

from home.routes import health, outbox, pages

blueprints = [*pages.blueprints, health.site, outbox.desk]
