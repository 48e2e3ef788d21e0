"""What a URL asks for."""
