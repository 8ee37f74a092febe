"""Copies of the shipped rulebook with one thing changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from services.rules.adapters.rule_files.folder import SHIPPED

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """The shipped rulebook with one text replaced, once, in one file."""

    def edit(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "rulebook"
        shutil.copytree(SHIPPED, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return edit
