"""What axe says about a page, as short as it can be said."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path("tests/vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Page) -> list[tuple[str, str, str]]:
    """List what axe finds on *page*, and whether it is wider than its window."""
    page.evaluate(AXE)
    only = {"runOnly": RULES, "resultTypes": ["violations"]}  # of the rest it need not tell
    found = page.evaluate("only => axe.run(only)", only)["violations"]
    amiss = [(page.url, v["id"], v["nodes"][0]["html"]) for v in found]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        amiss.append((page.url, "scrolls sideways", ""))
    return amiss
