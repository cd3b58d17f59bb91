"""What to do: from a scenario to dated runs, slots, rules, the model, the answer and its check."""
