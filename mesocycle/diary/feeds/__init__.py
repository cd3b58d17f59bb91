"""A changed plan of the runs beside the runs of a living block."""
