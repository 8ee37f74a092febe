"""The words of pages, read from a file beside the templates of each. They can be translated, so Python holds none."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

TEMPLATES = files("services.console") / "templates"
LANGUAGE = "en"


class Words:
    """The words of one page. A text is read by its name; `{…}` in it are put in by `say`."""

    def __init__(self, held: Mapping[str, Any], file: str) -> None:
        self._held = held
        self._file = file

    def __getitem__(self, name: str) -> Any:
        """Return a text, a list of texts or a table of them.

        Raises:
            KeyError: the file has no such name. The page would otherwise show a gap.
        """
        if name not in self._held:
            raise KeyError(f"{self._file} has no {name}")
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._held)

    def __contains__(self, name: object) -> bool:
        """Return whether there is a text of this name."""
        return name in self._held

    def say(self, name: str, /, **put_in: object) -> str:
        """Return a text with values put in. `n` chooses between `one` and `many` where both stand there."""
        text = self[name]
        if isinstance(text, Mapping):
            text = text["one" if put_in["n"] == 1 else "many"]
        return str(text).format(**put_in)


# One entry for each folder of templates.
@cache
def words(page: str) -> Words:
    """Return the words of a folder of templates."""
    file = f"{page}/words.{LANGUAGE}.toml"
    held = tomllib.loads((TEMPLATES / page / f"words.{LANGUAGE}.toml").read_text(encoding="utf-8"))
    return Words(MappingProxyType(held), file)


def name_of(person: str) -> str:
    """Return what somebody is called, as far as the console knows it: the words of their id."""
    return person.replace("-", " ").capitalize()
