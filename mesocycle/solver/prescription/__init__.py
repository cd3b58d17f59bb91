"""What is done in the sessions: exercises the kit allows, their order, repetitions, reserve and load."""
