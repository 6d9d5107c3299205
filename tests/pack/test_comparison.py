"""Paths side by side, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.pack.comparison import compare_paths, comparison_json

if TYPE_CHECKING:
    from pathfinder.pack import Pack


def test_every_path_has_a_cell_in_every_row(bundled: Pack) -> None:
    """A comparison is a rectangle, whatever the paths say."""
    found = compare_paths(bundled, bundled.paths)
    for rows in (found.week, found.profile, found.facts, found.topics):
        assert rows
        assert {len(row.cells) for row in rows} == {len(bundled.paths)}


def test_differences_leaves_out_exactly_the_rows_that_agree(bundled: Pack) -> None:
    """With `differences` only rows remain in which not all paths say the same, or nearly."""
    whole, different = compare_paths(bundled, bundled.paths), compare_paths(bundled, bundled.paths, differences=True)
    assert {row.key for row in whole.profile} - {row.key for row in different.profile} == {
        row.key
        for row in whole.profile
        if max(row.cells) - min(row.cells) < 1  # type: ignore[type-var, operator]
    }
    same = compare_paths(bundled, [bundled.paths[0]] * 2, differences=True)
    assert (same.week, same.profile, same.facts, same.topics) == ((), (), (), ())


def test_a_topic_holds_every_pro_and_challenge_on_its_dimension_once(bundled: Pack) -> None:
    """Read across, the topics say what the paths say, each thing once; what has no dimension stands last."""
    found = compare_paths(bundled, bundled.paths)
    for place, path in enumerate(bundled.paths):
        said = [each for row in found.topics for each in row.cells[place]]
        assert sum(each.sign == "+" for each in said) == len(path.pros)
        assert sum(each.sign == "-" for each in said) == len(path.challenges)
    names = [bundled.dimension_by_id[row.key].name if row.key else "More" for row in found.topics]
    assert [row.label for row in found.topics] == names


def test_tracks_stand_beside_paths(bundled: Pack) -> None:
    """A track is compared like a path."""
    path = bundled.paths[1]
    found = compare_paths(bundled, [path, path.tracks[0]])
    assert {len(row.cells) for row in found.profile} == {2}


def test_the_persons_own_preferences_stand_on_the_scale_of_levels(bundled: Pack) -> None:
    """A preference of 1 is drawn as the level 2, in JSON it stays in -1..1."""
    found = compare_paths(bundled, bundled.paths, mine={"care": 1.0, "research": -0.5})
    mine = {row.key: row.mine for row in found.profile}
    assert (mine["care"], mine["research"], mine["teaching"]) == (2.0, -1.0, 0.0)
    rows = {each["dimension"]: each["mine"] for each in comparison_json(bundled, bundled.paths, found)["profile"]}
    assert (rows["care"], rows["research"]) == (1.0, -0.5)


def test_json_names_every_path_pro_and_source(bundled: Pack) -> None:
    """Nothing that the screen shows is missing in JSON."""
    data = comparison_json(bundled, bundled.paths[:2], compare_paths(bundled, bundled.paths[:2]))
    assert data["schema"] == "pathfinder.compare/1"
    assert [each["path"] for each in data["paths"]] == [each.id for each in bundled.paths[:2]]
    assert data["paths"][0]["pros"][0]["sources"] == list(bundled.paths[0].pros[0].sources)
    assert data["week"][0]["half_days"].keys() == {each.id for each in bundled.paths[:2]}
