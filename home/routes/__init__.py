"""The edge of home."""

from home.routes import health, legal, material, outbox, pages

blueprints = [*pages.blueprints, health.site, legal.site, outbox.desk, material.desk]
