"""Facts with their sources, as data: exercises.yaml and programs.yaml, read by `mesocycle.files.library`."""
