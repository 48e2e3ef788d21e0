"""The linter of figures: what a reader could not see, read or tell apart in a plot's picture."""
