"""Modules of others that are put off until somebody needs them."""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec


def put_off(name: str) -> None:
    """Load a module when the first of its names is asked for, whoever imports it before."""
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return  # who imports it is told
    spec.loader = LazyLoader(spec.loader)
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
