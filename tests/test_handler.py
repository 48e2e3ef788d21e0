"""The contract of a handler, over every plot found."""
