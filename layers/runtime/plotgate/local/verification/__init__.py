"""Whether an address keeps what a plot's URL promises, asked from outside by reading alone."""
