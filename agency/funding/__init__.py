"""Funding: the directory of programmes, who may have what of them, and by when."""
