"""Networks as files: out for other tools, and in from them."""
