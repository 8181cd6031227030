"""The evening that goes into a file is the one that is followed up."""

from tests.workshop.following.conftest import counted, deciding, developing

__all__ = ["counted", "deciding", "developing"]
