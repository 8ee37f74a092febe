"""A whole file as one JSON document, written record by record."""

import json
from typing import IO, Any

from google.protobuf.json_format import MessageToDict

from services.client.file.whole import End, Kept
from services.client.file.words import withheld
from services.client.words import word_of


class JsonFile:
    """The document while it is written. Its memory does not grow with the file."""

    def __init__(self, out: IO[str], whose: str, made_at: str) -> None:
        self._out = out
        self._records = 0
        self._covers: list[str] = []
        self._left_out: list[dict[str, str]] = []
        out.write(f'{{"file": {json.dumps(whose)}, "made": {json.dumps(made_at)}, "records": [')

    def add(self, kept: Kept) -> None:
        """Write one record."""
        told: dict[str, Any] = {"method": kept.method, "record": _plain(kept.record)}
        if kept.withheld:
            told["withheld"] = [{"field": each.field, **_ground(each)} for each in kept.withheld]
        self._out.write((",\n" if self._records else "\n") + json.dumps(told, ensure_ascii=False))
        self._records += 1

    def end_of(self, end: End) -> None:
        """Remember what the file covers of one service, and leaves out."""
        self._covers += end.methods
        self._left_out += [{"what": each.what, **_ground(each)} for each in end.left_out]

    def close(self) -> None:
        """Write the end of the document."""
        ends = {"number": self._records, "covers": self._covers, "left_out": self._left_out}
        self._out.write(f'\n], "ends": {json.dumps(ends, ensure_ascii=False)}}}\n')


def _ground(message: Any) -> dict[str, str]:
    return {"ground": word_of(message, "ground"), "because": withheld(message)}


def _plain(message: Any) -> Any:
    return MessageToDict(message, preserving_proto_field_name=True)
