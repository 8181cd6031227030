"""What axe says about a page, as short as it can be said."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

AXE = Path("tests/vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEEN = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# A colour on its way to another has the contrast of neither. Nobody asks for the way to an
# element, which axe takes a third of its time to find, for those without fault, too.
RUN = """async only => {
    await Promise.allSettled(document.getAnimations().map(each => each.finished));
    const options = {runOnly: only, resultTypes: ["violations"], selectors: false};
    const {violations} = await axe.run(options);
    const found = violations.map(each => [each.id, each.nodes[0].html]);
    const wide = document.documentElement.scrollWidth > window.innerWidth;
    return wide ? [...found, ["scrolls sideways", ""]] : found;
}"""
PHONE: ViewportSize = {"width": 390, "height": 844}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
Barrier = tuple[str, str, str]


def barriers(page: Page, twice: bool = True) -> list[Barrier]:
    """List what axe finds on *page*, and whether it is wider than its window.

    All rules hold in the look the page has; those about what is seen hold in the other as
    well: of a phone in the light that is a laptop in the dark. Two tests, one from each,
    see a page in both colours on both; where the words alone differ, one need not look
    *twice*.
    """
    page.evaluate(AXE)
    page.emulate_media(reduced_motion="reduce")
    found = _amiss(page, {"type": "tag", "values": RULES})
    if not twice:
        return found
    window = page.viewport_size or LAPTOP
    page.set_viewport_size(LAPTOP if window["width"] < 700 else PHONE)
    page.emulate_media(color_scheme="dark")
    found += _amiss(page, {"type": "rule", "values": SEEN})
    page.set_viewport_size(window)
    page.emulate_media(color_scheme="light")
    return found


def _amiss(page: Page, only: dict[str, str | Sequence[str]]) -> list[Barrier]:
    return [(page.url, rule, html) for rule, html in page.evaluate(RUN, only)]
