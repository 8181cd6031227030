"""Wherever the line breaks off: nothing is lost and nothing is there twice."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from people.models import Project
from surveys.models import Response, SurveyVersion
from tests.surveys.answers import a_survey
from tests.surveys.cutting import sync_all
from tests.surveys.routes.test_syncing import the_form

ANSWERS = 300  # 2,000 take 90 s of CPU time


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


def test_answers_arrive_once_wherever_the_line_breaks_off(
    port: int, session: Session, project: Project
) -> None:
    a_survey(session, project, the_form())
    version = session.scalars(select(SurveyVersion.digest)).one()
    cuts = sync_all(port, "/s/pankow/answers", version, ANSWERS)
    assert all(number > ANSWERS // 2 for number in cuts.values()), cuts
    session.expire_all()
    arrived = [each.answers["places"] for each in session.scalars(select(Response))]
    assert sorted(arrived) == [*range(1, ANSWERS + 1)]
