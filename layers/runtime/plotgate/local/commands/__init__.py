"""The commands of `plotgate`, a module each; cli.py puts them together."""
