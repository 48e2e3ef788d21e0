"""What a figure shows: for its alt text and its CSV."""
