"""Calendars: what is planned, from iCalendar files and from intervals.icu, and what time is taken."""
