"""Who has no device takes part on paper: ballots, dots on a wall, cards, places."""
