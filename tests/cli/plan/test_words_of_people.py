"""Words that people type, keep in a file, or send on standard input."""

import io
from pathlib import Path

import pytest

from services.cli.arguments import text_or_file, words_of
from services.cli.failure import CommandError

WORDS = "I rang the Reporter.\nTwice."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file as an editor on Windows saves it."""
    file = tmp_path / "words.txt"
    file.write_bytes(b"\xef\xbb\xbf" + WORDS.replace("\n", "\r\n").encode())
    return file


def test_words_are_the_same_whichever_way_they_come(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(WORDS))
    assert words_of(WORDS, None) == words_of("", file) == words_of("", Path("-")) == text_or_file(f"@{file}") == WORDS


def test_words_that_may_be_left_out_are_empty() -> None:
    assert words_of("", None, needed=False) == ""
    assert text_or_file("") == ""


@pytest.mark.parametrize("typed", ["", " \n"])
def test_words_that_are_needed_are_asked_for(typed: str) -> None:
    with pytest.raises(CommandError, match="--words-file"):
        words_of(typed, None)


def test_words_from_two_places_are_not_guessed(file: Path) -> None:
    with pytest.raises(CommandError, match="not both"):
        words_of("Other words.", file, needed=False)


def test_a_file_that_is_not_there_or_is_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.txt cannot be read"):
        text_or_file(f"@{tmp_path}/none.txt")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\xff")
    with pytest.raises(CommandError, match="not UTF-8"):
        words_of("", tmp_path / "picture.txt")
