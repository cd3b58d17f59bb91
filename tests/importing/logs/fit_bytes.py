"""FIT files, written byte by byte from what the protocol says."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
# A field: its number, its base type, its value as bytes.
Field = tuple[int, int, bytes]
FILE_ID, SESSION, RECORD, WORKOUT, SET, TITLE = 0, 18, 20, 26, 225, 264
ENUM, UINT8, STRING, UINT16, UINT32 = 0x00, 0x02, 0x07, 0x84, 0x86


def u8(number: int, value: int, base: int = UINT8) -> Field:
    """A byte."""
    return number, base, struct.pack("<B", value)


def u16(number: int, *values: int) -> Field:
    """One or several numbers of two bytes."""
    return number, UINT16, struct.pack(f"<{len(values)}H", *values)


def u32(number: int, value: int) -> Field:
    """A number of four bytes."""
    return number, UINT32, struct.pack("<I", value)


def text(number: int, value: str) -> Field:
    """A text, ended as the protocol wants it."""
    return number, STRING, value.encode() + b"\0"


def at(number: int, moment: datetime) -> Field:
    """A moment of UTC."""
    return u32(number, int((moment.replace(tzinfo=UTC) - EPOCH).total_seconds()))


def message(kind: int, *fields: Field) -> bytes:
    """A definition and its data; every message redefines the first local kind."""
    definition = struct.pack("<BBBHB", 0x40, 0, 0, kind, len(fields))
    shapes = b"".join(struct.pack("<BBB", number, len(value), base) for number, base, value in fields)
    return definition + shapes + b"\0" + b"".join(value for _, _, value in fields)


def fit(*messages: bytes) -> bytes:
    """A file of messages; its sums are left out, which the protocol allows for the first alone."""
    body = b"".join(messages)
    return struct.pack("<BBHI4sH", 14, 0x20, 2160, len(body), b".FIT", 0) + body + b"\0\0"


def session(
    begun: datetime,
    sport: int,
    sub_sport: int = 0,
    *,
    timer: int = 3000,
    elapsed: int = 3300,
    metres: float | None = None,
    effort: int | None = None,
) -> bytes:
    """A session; lengths in seconds and metres, the effort ten times as high as people say it."""
    fields = [at(2, begun), u8(5, sport, ENUM), u8(6, sub_sport, ENUM)]
    fields += [u32(7, elapsed * 1000), u32(8, timer * 1000)]
    fields += [] if metres is None else [u32(9, round(metres * 100))]
    fields += [] if effort is None else [u8(193, effort)]
    return message(SESSION, *fields)


def done(
    begun: datetime,
    category: int = 28,
    subtype: int = 6,
    *,
    reps: int | None = 5,
    kilos: float | None = None,
    seconds: int = 40,
    active: bool = True,
    pounds: bool = False,
) -> bytes:
    """A set; category 28 are squats, of which 6 is one with a barbell."""
    fields = [u32(0, seconds * 1000), u8(5, int(active), ENUM), at(6, begun), at(254, begun)]
    fields += [u16(7, category, 65535), u16(8, subtype, 65535), u16(9, 2 if pounds else 1)]
    fields += [] if reps is None else [u16(3, reps)]
    fields += [] if kilos is None else [u16(4, round(kilos * 16))]
    return message(SET, *fields)
