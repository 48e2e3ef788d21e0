"""The plots whose pictures differ between two commits."""
