"""After the room: what was decided on each idea, and what has become of it."""
