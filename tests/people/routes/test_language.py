import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "page",
    ["//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "evil", ""],
)
def test_choosing_a_language_never_leads_away(client: FlaskClient, page: str) -> None:
    answer = client.post("/language", data={"language": "en", "page": page})
    assert (answer.status_code, answer.location) == (303, "/")


def test_choosing_a_language_leads_back(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "en", "page": "/join?a=%C3%BC"})
    assert answer.location == "/join?a=%C3%BC"
