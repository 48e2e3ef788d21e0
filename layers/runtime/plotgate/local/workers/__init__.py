"""The processes that run functions on this machine."""
