"""The constraint program and its bound, from grounded rules to the proven optimum."""
