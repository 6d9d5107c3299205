"""`@value`: frozen, keyword-only dataclasses with slots, made at a sixth of the price.

`dataclass(frozen=True, slots=True, kw_only=True)` writes and compiles six methods for every class. With some sixty
classes that is more than Python itself takes to start, before the first line of work. Here all classes
share methods that are written once; they stay dataclasses for `fields`, `replace` and type checkers.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from typing import Any, NoReturn, TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def value(cls: type[_T]) -> type[_T]:
    """Make a class whose instances never change; equal fields make equal values."""
    made = dataclass(init=False, repr=False, eq=False, match_args=False, slots=True)(cls)
    own = vars(cls)
    for name, method in _SHARED.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _init(self: object, **given: Any) -> None:
    for name, each in _fields(self).items():
        if name in given:
            object.__setattr__(self, name, given.pop(name))
        elif each.default is not MISSING:
            object.__setattr__(self, name, each.default)
        elif each.default_factory is not MISSING:
            object.__setattr__(self, name, each.default_factory())
        else:
            raise TypeError(f"{type(self).__name__} lacks {name!r}")
    if given:
        raise TypeError(f"{type(self).__name__} has no {', '.join(map(repr, given))}")


def _fields(self: object) -> dict[str, Field[Any]]:
    fields: dict[str, Field[Any]] = type(self).__dataclass_fields__  # type: ignore[attr-defined]
    return fields


def _contents(self: object) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in _fields(self))


def _eq(self: object, other: object) -> Any:  # NotImplemented has no type of its own
    if type(other) is not type(self):
        return NotImplemented
    return _contents(self) == _contents(other)


def _hash(self: object) -> int:
    return hash(_contents(self))


def _repr(self: object) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in _fields(self))
    return f"{type(self).__qualname__}({shown})"


def _refuse(self: object, name: str, *_: Any) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} never changes")


def _reduce(self: object) -> tuple[Any, ...]:
    return _remade, (type(self), {name: getattr(self, name) for name in _fields(self)})


def _remade(cls: type[_T], given: dict[str, Any]) -> _T:
    return cls(**given)


_SHARED = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__reduce__": _reduce,
}
