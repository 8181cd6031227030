"""A whole workshop, played in browsers."""
