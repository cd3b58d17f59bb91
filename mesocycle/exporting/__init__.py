"""A result -> files for other programs: calendar, table, text, intervals.icu."""
