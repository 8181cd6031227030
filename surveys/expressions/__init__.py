"""The expressions of XLSForm: read into a tree, checked, and compiled into closures."""
