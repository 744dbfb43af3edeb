"""Lines as bytes: JSON, or a Parquet file of its own with the same columns."""

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
import polars as pl

from tipline.domain.triage.contract import Line
from tipline.domain.triage.priority import list_highest

_PARAM = pl.Struct({"name": pl.String, "value": pl.String})
_WHY = pl.Struct({"key": pl.String, "params": pl.List(_PARAM), "start": pl.Int64, "end": pl.Int64})
_FOUND = pl.Struct(
    {
        "kind": pl.String,
        "value": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "hidden_by": pl.List(pl.String),
        "innocent": pl.String,
    }
)
_SUM = pl.Struct(
    {
        "kind": pl.String,
        "value": pl.String,
        "currency": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "at_least": pl.Boolean,
        "about": pl.Boolean,
        "upper": pl.String,
    }
)
_OFFENCE = pl.Struct({"code": pl.String, "confidence": pl.Float64, "reasons": pl.List(_WHY)})
SCHEMA = pl.Schema(
    {
        "row": pl.Int64,
        "identifiers": pl.List(_FOUND),
        "offences": pl.List(_OFFENCE),
        "unsure": pl.Boolean,
        "amounts": pl.List(_SUM),
        "template": pl.String,
        "priority": pl.Int64,
        "priority_parts": pl.Struct(dict.fromkeys(list_highest(), pl.Int64)),
    }
)
_encoder = msgspec.json.Encoder()


def write_json_lines(lines: Iterable[Line]) -> bytes:
    """Write lines as JSON, one after the other."""
    return _encoder.encode_lines(list(lines))


def write_parquet(lines: Iterable[Line]) -> bytes:
    """Write lines as a Parquet file; parts that gave no points are null."""
    rows = [msgspec.to_builtins(each) for each in lines]
    for row in rows:
        for offence in row["offences"]:
            for why in offence["reasons"]:
                why["params"] = _list_params(why["params"])
    out = io.BytesIO()
    pl.DataFrame(rows, schema=SCHEMA).write_parquet(out)
    return out.getvalue()


def _list_params(params: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"name": name, "value": str(value)} for name, value in params.items()]


SHAPES: Mapping[str, Callable[[Iterable[Line]], bytes]] = {
    ".jsonl": write_json_lines,
    ".ndjson": write_json_lines,
    ".parquet": write_parquet,
}
