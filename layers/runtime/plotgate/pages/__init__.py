"""The pages: a gallery of all plots, and a page for each."""
