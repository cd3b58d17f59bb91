"""Plans as tables and as weeks of workouts."""
