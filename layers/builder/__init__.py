"""Builds a Lambda layer: locked wheels in, a slim and compiled tree out."""
