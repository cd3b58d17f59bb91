"""Facts with their sources, as data: edited as YAML, read by `mesocycle.files.library` as JSON made of it."""
