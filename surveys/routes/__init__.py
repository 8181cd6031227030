"""The pages of this context."""

from surveys.routes import desk, responses, results

blueprints = [desk.bp]

__all__ = ["blueprints", "desk", "responses", "results"]
