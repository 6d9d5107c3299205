"""Paths side by side, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.result.comparison import compare, to_json

if TYPE_CHECKING:
    from pathfinder.pack import Pack


def test_every_path_has_a_cell_in_every_row(bundled: Pack) -> None:
    """A comparison is a rectangle, whatever the paths say."""
    found = compare(bundled, bundled.paths)
    for rows in (found.week, found.profile, found.facts, found.pros, found.challenges):
        assert rows
        assert {len(row.cells) for row in rows} == {len(bundled.paths)}


def test_differences_leaves_out_exactly_the_rows_that_agree(bundled: Pack) -> None:
    """With `differences` only rows remain in which not all paths say the same."""
    whole, different = compare(bundled, bundled.paths), compare(bundled, bundled.paths, differences=True)
    assert {row.key for row in whole.profile} - {row.key for row in different.profile} == {
        row.key for row in whole.profile if len(set(row.cells)) == 1
    }
    assert compare(bundled, [bundled.paths[0]] * 2, differences=True).facts == ()


def test_the_persons_own_preferences_stand_on_the_scale_of_levels(bundled: Pack) -> None:
    """A preference of 1 is drawn as the level 2, in JSON it stays in -1..1."""
    found = compare(bundled, bundled.paths, mine={"care": 1.0, "research": -0.5})
    mine = {row.key: row.mine for row in found.profile}
    assert (mine["care"], mine["research"], mine["teaching"]) == (2.0, -1.0, 0.0)
    rows = {each["dimension"]: each["mine"] for each in to_json(bundled, bundled.paths, found)["profile"]}
    assert (rows["care"], rows["research"]) == (1.0, -0.5)


def test_json_names_every_path_pro_and_source(bundled: Pack) -> None:
    """Nothing that the screen shows is missing in JSON."""
    data = to_json(bundled, bundled.paths[:2], compare(bundled, bundled.paths[:2]))
    assert data["schema"] == "pathfinder.compare/1"
    assert [each["path"] for each in data["paths"]] == [each.id for each in bundled.paths[:2]]
    assert data["paths"][0]["pros"][0]["sources"] == list(bundled.paths[0].pros[0].sources)
    assert data["week"][0]["half_days"].keys() == {each.id for each in bundled.paths[:2]}
