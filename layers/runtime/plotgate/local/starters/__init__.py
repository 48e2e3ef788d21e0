"""Where a new plot starts from: `plotgate new --from` copies one of these, with the title of the plot."""
