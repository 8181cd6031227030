"""Forms as a device computes them: the modules of the page, in a real browser."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page

from surveys.questionnaires.evaluating import Questionnaire, Roster
from surveys.questionnaires.portable import form_to_json

LOOK = """
async ({address, form: kit, looks}) => {
  const {Form} = await import(address);
  const form = new Form(kit);
  return looks.map(({answers, now}) => {
    const seen = form.evaluate(answers, new Date(now));
    const state = {};
    for (const name of form.cells.keys()) {
      state[name] = seen.instances(name).map((turn) => [
        turn, seen.relevant(name, turn), seen.value(name, turn),
        seen.violation(name, turn), seen.required(name, turn), seen.offered(name, turn),
      ]);
    }
    return {state, document: seen.document()};
  });
}
"""


class Device:
    """A page of the site on which the modules of the device can be tried."""

    def __init__(self, page: Page, folder: str) -> None:
        self._page = page
        self._address = f"{folder}/form.js"

    def look(
        self,
        form: Questionnaire,
        answers: Sequence[Mapping[str, Any]],
        now: datetime,
        roster: Roster | None = None,
        language: str = "de",
    ) -> list[dict[str, Any]]:
        """Return what follows from each of some documents of answers."""
        moment = now.astimezone(UTC).timestamp() * 1000
        looks = [{"answers": each, "now": moment} for each in answers]
        kit = form_to_json(form, language, roster)
        found: list[dict[str, Any]] = self._page.evaluate(
            LOOK, {"address": self._address, "form": kit, "looks": looks}
        )
        return found
