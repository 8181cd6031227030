"""Nadja's tablet with ODK Collect, in the story of the conversations."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project, User
from surveys.models import Survey
from tests.surveys.conversations.conftest import (
    counsel,
    keys,
    nadja,
    other_tablet,
    provider,
    survey,
    tablet,
)
from tests.surveys.odk.collect import Collect, paired

__all__ = ["counsel", "keys", "nadja", "other_tablet", "provider", "survey", "tablet"]


@pytest.fixture
def collect(
    app: Flask, session: Session, keys: Keyring, nadja: User, project: Project, survey: Survey
) -> Collect:
    """The app on Nadja's tablet, set up for the project."""
    return paired(app, session, keys, nadja, project)
