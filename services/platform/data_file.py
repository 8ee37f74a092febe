"""Data files that belong to a service. Each fault names the file, the line and what to write, and stops the start."""

from collections.abc import Collection
from typing import Any, Self

import yaml

from services.refusals import did_you_mean

# The parser in C is the faster one, where it is installed. Each start of a service reads some thousand lines.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataFileError(ValueError):
    """A data file that cannot be used. The message says where it is wrong and what to write."""


class Place:
    """A value of a file, with its line and its path, so that a fault can name both."""

    loader = YAML_LOADER
    """A class that has to know where a value ends takes the parser in Python: the one in C does not say."""

    def __init__(self, file: str, node: Any, path: str = "", mark: Any = None) -> None:
        self._file = file
        self._node = node
        self._path = path
        self._mark = mark or node.start_mark

    @classmethod
    def of(cls, text: str, file: str) -> Self:
        """Return the whole content of a file with this name.

        Raises:
            DataFileError: it is empty or not YAML.
        """
        try:
            node = yaml.compose(text, Loader=cls.loader)
        except yaml.YAMLError as problem:
            raise DataFileError(f"{file}:{_line_that_is_no_yaml(text)}: This is not YAML.") from problem
        if node is None:
            raise DataFileError(f"{file}:1: The file is empty.")
        return cls(file, node)

    @property
    def line(self) -> int:
        """Line of the file, from 1."""
        return int(self._mark.line) + 1

    def fault(self, message: str) -> DataFileError:
        """Return the fault at this place."""
        where = f"{self._path}: " if self._path else ""
        return DataFileError(f"{self._file}:{self.line}: {where}{message}")

    def any_fields(self) -> dict[str, Self]:
        """Return the values by their keys, whatever the keys are."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fault("Write one entry for each key, with its values.")
        found: dict[str, Self] = {}
        for key, value in self._node.value:
            # The fault of an entry is where its key stands, which may be a line above its first value.
            place = type(self)(self._file, value, f"{self._path}.{key.value}".lstrip("."), key.start_mark)
            if key.value in found:
                raise place.fault("This key stands here twice.")
            found[key.value] = place
        return found

    def fields(self, *names: str) -> dict[str, Self]:
        """Return the values by their keys, which must be these."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fault(f"This needs {', '.join(names)}.")
        found = self.any_fields()
        for name, place in found.items():
            if name not in names:
                raise place.fault(f"{name!r} is unknown here.{did_you_mean(name, names)}")
        missing = [name for name in names if name not in found]
        if missing:
            raise self.fault(f"This needs {', '.join(missing)} too.")
        return found

    def items(self) -> list[Self]:
        """Return the values of a list."""
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.fault("Write a list.")
        return [type(self)(self._file, node, f"{self._path}[{at}]") for at, node in enumerate(self._node.value)]

    def text(self) -> str:
        """Return a text that is not empty."""
        if not isinstance(self._node, yaml.ScalarNode) or not self._node.value.strip():
            raise self.fault("Write a text.")
        return str(self._node.value)

    def word(self, known: Collection[str]) -> str:
        """Return a word of a closed list."""
        word = self.text()
        if word not in known:
            hint = did_you_mean(word, known) or f" Write one of: {', '.join(sorted(known))}."
            raise self.fault(f"{word!r} is not in the list.{hint}")
        return word


def _line_that_is_no_yaml(text: str) -> int:
    """Return the line, from 1. The parser in Python stops where the fault is, and the one in C may stop later."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        return mark.line + 1 if mark else 1
    return 1
