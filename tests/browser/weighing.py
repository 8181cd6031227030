"""What comes over the wire, compressed, with its headers."""

from playwright.sync_api import Page, Request


class Scales:
    """Every answer that a page has received since it was put on the scales."""

    def __init__(self, page: Page) -> None:
        self.received: list[Request] = []
        page.on("requestfinished", lambda request: self.received.append(request))

    @property
    def bytes(self) -> int:
        sizes = [request.sizes() for request in self.received]
        return sum(each["responseHeadersSize"] + each["responseBodySize"] for each in sizes)

    @property
    def requests(self) -> int:
        return len(self.received)
