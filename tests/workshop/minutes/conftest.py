"""The evening of which the minutes tell is the one that is followed up."""

from tests.workshop.following.conftest import counted, deciding, developing

__all__ = ["counted", "deciding", "developing"]
