"""PyYAML, imported without compiling the regular expressions that only its resolver and its pure parser use.

They are three quarters of what `import yaml` costs, in instructions 1.7 times Python's own start, and the C parser never
looks at one. Each is compiled when it is first used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml
else:

    class _Later:
        """Stands for a pattern, and compiles it (or finds it in the cache of `re`) when it is used."""

        __slots__ = ("_arguments",)

        def __init__(self, *arguments: Any) -> None:
            self._arguments = arguments

        def __getattr__(self, name: str) -> Any:
            return getattr(_compile(*self._arguments), name)

    _compile = re.compile
    re.compile = _Later
    try:
        import yaml
    finally:
        re.compile = _compile

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml.
    CParser = None  # type: ignore[assignment,misc]

__all__ = ["CParser", "yaml"]
