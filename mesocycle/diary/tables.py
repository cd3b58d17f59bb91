"""What a block file is made of: an SQLite database, its tables, and the views for other programs.

A checksum is that of all else in its row but the number: SQLite notices a damaged tree, not a damaged text.
"""

APPLICATION_ID = 0x4D45534F  # "MESO"
# STRICT tables came with this version.
LEAST_SQLITE = (3, 37, 0)

BLOCK = """
CREATE TABLE block (
    id TEXT NOT NULL,
    timezone TEXT NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE scenarios (
    version INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE plans (
    revision INTEGER PRIMARY KEY,
    scenario INTEGER NOT NULL REFERENCES scenarios (version),
    result BLOB NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    instant TEXT NOT NULL,
    local TEXT NOT NULL,
    body TEXT NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_key ON events (key);
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'an event is never deleted');
END;
CREATE VIEW in_force AS
    SELECT number, kind, key, instant, local, body
    FROM events AS event
    WHERE kind <> 'undone' AND number = (
        SELECT max(other.number)
        FROM events AS other
        WHERE other.key = event.key AND NOT coalesce((
            SELECT json_extract(undone.body, '$.taken_back') IS NOT 0
            FROM events AS undone
            WHERE undone.key = 'undone ' || other.number
            ORDER BY undone.number DESC LIMIT 1
        ), 0)
    );
CREATE VIEW lifts_done AS
    SELECT
        number,
        json_extract(body, '$.session') AS session,
        json_extract(body, '$.date') AS date,
        json_extract(body, '$.minutes') AS minutes,
        json_extract(body, '$.rpe') AS rpe,
        json_extract(body, '$.note') AS note
    FROM in_force
    WHERE kind = 'lift_done';
CREATE VIEW sets_done AS
    SELECT
        in_force.number AS lift,
        json_extract(in_force.body, '$.session') AS session,
        json_extract(in_force.body, '$.date') AS date,
        each.key + 1 AS number,
        json_extract(each.value, '$.exercise') AS exercise,
        json_extract(each.value, '$.weight') AS weight,
        json_extract(each.value, '$.unit') AS unit,
        json_extract(each.value, '$.reps') AS reps,
        json_extract(each.value, '$.rir') AS rir,
        coalesce(json_extract(each.value, '$.kind'), 'work') AS kind
    FROM in_force, json_each(in_force.body, '$.sets') AS each
    WHERE in_force.kind = 'lift_done';
"""
# What leads from each version of a file to the next, by the version that it begins with.
MIGRATIONS: dict[int, str] = {0: BLOCK}
VERSION = len(MIGRATIONS)
