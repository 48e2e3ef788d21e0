"""The version of plotgate: here, and not in the package's metadata, which the layer leaves out."""

VERSION = "0.1.0"
