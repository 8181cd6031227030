"""The pages of this context."""

from surveys.routes import beginning, desk, responses, results

blueprints = [desk.bp]

__all__ = ["beginning", "blueprints", "desk", "responses", "results"]
