"""Frozen values that share their methods."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from typing import Any

import pytest

from pathfinder.value import value


@value
class Point:
    """A value with a default and a made default."""

    x: float
    y: float = 0.0
    tags: tuple[str, ...] = field(default_factory=tuple)


@value
class Named(Point):
    """A value that inherits fields."""

    name: str


def test_a_value_takes_its_fields_by_name_and_fills_in_defaults() -> None:
    """Fields are given by name; those left out have their defaults, inherited ones among them."""
    point = Named(x=1, name="a")
    assert (point.x, point.y, point.tags, point.name) == (1, 0.0, (), "a")


@pytest.mark.parametrize("given", [{}, {"x": 1, "z": 2}])
def test_missing_and_unknown_fields_are_refused(given: dict[str, Any]) -> None:
    """A value is whole or it is not made."""
    with pytest.raises(TypeError):
        Point(**given)


def test_a_value_never_changes() -> None:
    """Neither a field nor anything new can be set or deleted."""
    point = Point(x=1)
    for name in ("x", "new"):
        with pytest.raises(FrozenInstanceError):
            setattr(point, name, 2)
    with pytest.raises(FrozenInstanceError):
        del point.x
    assert not hasattr(point, "__dict__")


def test_equal_fields_make_equal_values_of_one_class_only() -> None:
    """Equality and hash follow the fields; another class is never equal."""
    assert Point(x=1) == Point(x=1)
    assert hash(Point(x=1)) == hash(Point(x=1))
    assert Point(x=1) != Point(x=2)
    assert Point(x=1) != Named(x=1, name="")
    assert Point(x=1) != object()


def test_a_value_is_a_dataclass() -> None:
    """`fields`, `replace`, `copy` and `pickle` treat a value as any dataclass."""
    point = Point(x=1, tags=("a",))
    assert is_dataclass(type(point))
    assert [each.name for each in fields(point)] == ["x", "y", "tags"]
    assert replace(point, y=2.0) == Point(x=1, y=2.0, tags=("a",))
    assert copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point  # noqa: S301 - made in this line
    assert repr(point) == "Point(x=1, y=0.0, tags=('a',))"


def test_a_method_of_its_own_stays() -> None:
    """A class that says itself how it is shown or compared is not overruled."""

    @value
    class Loud:
        word: str

        def __repr__(self) -> str:
            return self.word.upper()

    assert repr(Loud(word="a")) == "A"
    assert Loud(word="a") == Loud(word="a")
