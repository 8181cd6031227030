"""Which ideas say the same, which belong together, and putting them there."""
