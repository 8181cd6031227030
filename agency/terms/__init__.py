"""The terms of a project: how they are used, and what people type of them."""
