"""What `pack new` writes: works at once, whatever the names, and never touches what is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.audit import audit
from pathfinder.errors import UsageError
from pathfinder.pack import FILES, Problem, read_pack
from pathfinder.pack.ids import is_id
from pathfinder.pack.new import DIMENSIONS, NewPack, pack_id, problem, slugs, texts, write_new_pack

TEN = ("Oak", "Elm", "Ash", "Fir", "Yew", "Box", "Lime", "Pine", "Rowan", "Hazel")
ODD = ("no", "null", "3.50", 'say "hi"', "a: b # c", "$x ${y} $", "[x] {y}, &z *w !v |u >t %s @r `q", "- \\n' :")


def new(count: int = 3, themes: tuple[str, ...] = ("practical", "personal"), title: str = "A tree") -> NewPack:
    """Return a new pack of the first options."""
    return NewPack(title=title, options=TEN[:count], themes=themes)


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return everything under a folder, with the contents of files."""
    return {str(each.relative_to(folder)): each.read_bytes() if each.is_file() else None for each in folder.rglob("*")}


@pytest.mark.parametrize("count", range(2, 9))
def test_a_new_pack_passes_check_and_audit(count: int, tmp_path: Path) -> None:
    """Two to eight options: no problem, no warning, no finding, with as many themes as the pack allows."""
    problems: list[Problem] = []
    write_new_pack(tmp_path / "new", new(count, tuple(f"theme {n}" for n in range(1, count))))
    pack = read_pack(tmp_path / "new", problems)
    assert problems == []
    assert pack is not None
    assert [each.name for each in pack.paths] == list(TEN[:count])
    assert [(each.check, each.subject, each.finding) for each in audit(pack).findings] == []


@pytest.mark.parametrize("themes", range(1, len(DIMENSIONS) + 1))
def test_every_theme_gets_a_dimension_and_a_question(themes: int, tmp_path: Path) -> None:
    """However many themes there are, none stays empty, and questions stand with their theme."""
    problems: list[Problem] = []
    write_new_pack(tmp_path / "new", new(themes=tuple(TEN[:themes])))
    pack = read_pack(tmp_path / "new", problems)
    assert problems == []
    assert pack is not None
    assert {each.theme for each in pack.dimensions} == {each.theme for each in pack.questions} == set(pack.themes)


def test_odd_names_arrive_as_they_are(tmp_path: Path) -> None:
    """Quotes, colons, dollars, YAML's own words and signs are text like any other."""
    problems: list[Problem] = []
    made = NewPack(title='No: "yes" # $title', options=ODD, themes=("null", "ü: {"))
    write_new_pack(tmp_path / "new", made)
    pack = read_pack(tmp_path / "new", problems)
    assert problems == []
    assert pack is not None
    assert tuple(each.name for each in pack.paths) == ODD
    assert pack.title == 'No: "yes" # $title'


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(max_size=30), min_size=2, max_size=8),
    st.text(max_size=30),
    st.lists(st.text(max_size=30), min_size=1, max_size=7),
)
def test_any_names_either_work_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, options: list[str], title: str, themes: list[str]
) -> None:
    """Whatever is typed, the pack is without a problem or there is a sentence that says why there is none."""
    folder = tmp_path_factory.mktemp("any") / "new"
    made = NewPack(title=title, options=tuple(options), themes=tuple(themes))
    if problem(made):
        with pytest.raises(UsageError):
            write_new_pack(folder, made)
        assert not folder.exists()
        return
    problems: list[Problem] = []
    write_new_pack(folder, made)
    assert read_pack(folder, problems) is not None
    assert [each.message for each in problems if "right to left" not in each.message] == []


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Oak", "Elm"), ("oak", "elm")),
        (("Café, but quiet", "CAFE but quiet"), ("cafe-but-quiet", "cafe-but-quiet-2")),
        (("Straße", "It's"), ("strasse", "its")),
        (("東京", "京都"), ("option-1", "option-2")),
        (("a-2", "A", "a!"), ("a-2", "a", "a-3")),
        (("-- x --", "!" * 9), ("x", "option-2")),
        (("\ue000\ufffe", "a\u200db"), ("option-1", "ab")),
        (("x" * 60, "x" * 59), ("x" * 40, "x" * 40 + "-2")),
    ],
)
def test_names_become_ids_of_their_own(names: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """Small Latin letters, digits and hyphens; accents fall away; a name without any gets a number."""
    assert slugs(names, "option") == expected


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Which tree?", "which-tree"),
        ("Wo wohnen \u2013 Stra\u00dfe?", "wo-wohnen-strasse"),
        ("Sm\u00f8rrebr\u00f8d, \u0142adne", "smorrebrod-ladne"),
    ],
)
def test_a_title_in_latin_letters_is_its_id(title: str, made: str) -> None:
    """Accents and punctuation fall away, and letters that are no others with a mark are spelled."""
    assert pack_id(title) == made


def test_titles_that_an_id_cannot_tell_apart_have_ids_that_can() -> None:
    """Saved answers name their pack by its id: no two of these are taken for one another."""
    titles = [
        "C++",
        "C#",
        "C",
        "\u6771\u4eac",
        "\u4eac\u90fd",
        "Which \u6728?",
        "Which \u706b?",
        "a" * 50,
        "a" * 51,
        "\U0001f3e1",
    ]
    assert len({pack_id(each) for each in titles}) == len(titles)
    assert all(is_id(pack_id(each)) for each in titles)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (new(1), "2 to 8 options"),
        (NewPack(title="x", options=TEN[:9]), "2 to 8 options, not 9"),
        (new(themes=()), "1 to 7 themes"),
        (NewPack(title=" \u200b ", options=TEN[:2]), "need a name"),
        (NewPack(title="x", options=("a", " ")), "need a name"),
        (NewPack(title="x", options=("a", "\ue000\ufffe")), "need a name"),
        (NewPack(title="x", options=("Oak", "OAK")), 'reads like the name of "oak"'),
        (NewPack(title="x", options=("a", "b" * 61)), "has 61 characters"),
        (NewPack(title="x", options=("0", "\u0591")), "begins with a mark"),
    ],
)
def test_what_cannot_be_a_pack_is_refused_before_anything_is_made(made: NewPack, words: str, tmp_path: Path) -> None:
    """Too few or too many options or themes, empty, repeated or very long names: one sentence, no folder."""
    with pytest.raises(UsageError, match=words):
        write_new_pack(tmp_path / "new", made)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("name", ["paths.yaml", "notes.txt", ".hidden"])
def test_nothing_is_ever_overwritten(name: str, tmp_path: Path) -> None:
    """A folder that holds anything at all is refused and stays as it is."""
    (tmp_path / name).write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(UsageError, match="not empty"):
        write_new_pack(tmp_path, new())
    assert tree(tmp_path) == before


def test_an_empty_folder_and_missing_parents_serve(tmp_path: Path) -> None:
    """The folder may be there, if empty, and its parents may be missing."""
    (tmp_path / "empty").mkdir()
    assert [each.name for each in write_new_pack(tmp_path / "empty", new())] == list(FILES)
    assert set(tree(tmp_path / "empty")) == set(FILES)
    write_new_pack(tmp_path / "a" / "b" / "c", new())
    assert set(tree(tmp_path / "a" / "b" / "c")) == set(FILES)


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """Where a file stands in place of the folder or of its parent, it stays, and the error says so."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "new"):
        with pytest.raises(UsageError, match="file stands where a folder should be"):
            write_new_pack(folder, new())
    assert tree(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize("there", [True, False])
def test_a_failure_leaves_nothing_behind(there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """When a file cannot be written, those before it go away, and so does every folder that was made for them."""
    folder = tmp_path / "a" / "b"
    if there:
        folder.mkdir(parents=True)
    opened: list[Path] = []
    open_file = Path.open

    def fail_third(self: Path, mode: str = "r", **rest: str) -> object:
        if mode == "x":
            opened.append(self)
            if len(opened) == 3:
                raise OSError(28, "No space left on device")
        return open_file(self, mode, **rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", fail_third)
    with pytest.raises(UsageError, match="disk is full"):
        write_new_pack(folder, new())
    assert tree(tmp_path) == ({"a": None, "a/b": None} if there else {})


def test_a_file_that_appears_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's file of the same name, made between the look and the writing, is neither changed nor removed."""
    monkeypatch.setattr("pathfinder.pack.new._refuse_full", lambda _: None)
    (tmp_path / "faq.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        write_new_pack(tmp_path, new())
    assert tree(tmp_path) == {"faq.yaml": b"mine"}


def test_the_same_wishes_give_the_same_files() -> None:
    """No clock, no chance, no machine in the files."""
    assert texts(new()) == texts(new())
    assert all("$" not in each for each in texts(new()).values())
