"""What is known before anything is decided: dates, weeks, phases, mileage, free time."""
