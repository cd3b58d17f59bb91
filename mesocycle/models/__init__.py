"""What things are: pydantic models, frozen, that know no solver."""
