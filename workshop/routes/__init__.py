"""The pages of this context."""

from workshop import public
from workshop.routes import desk, projector

blueprints = [public.bp, desk.bp, projector.bp]
