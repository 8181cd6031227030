"""The pages of this context."""

from flask import Blueprint

blueprints: list[Blueprint] = []
