"""Files: reading scenarios and the library with every guard, writing reports whole."""
