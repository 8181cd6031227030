"""Modules of others that are put off until somebody needs them."""

import sys
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Any

LOADING = RLock()  # whoever needs one while it loads waits until all of it is there


class Late(ModuleType):
    """Stands for a module until the first of its names is asked for, and hands names on."""

    def __getattr__(self, name: str) -> Any:
        with LOADING:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return getattr(import_module(self.__name__), name)


def put_off(name: str) -> None:
    """Load a module when the first of its names is asked for, whoever imports it before."""
    if name not in sys.modules and find_spec(name):
        sys.modules[name] = Late(name)
