"""Pressing a button or link that leads to another page."""

from playwright.sync_api import Locator


def press(button: Locator) -> None:
    """Press, and wait until the page it leads to stands."""
    with button.page.expect_navigation():
        button.click()
