"""Where a lift may stand: candidate starts with their facts."""
