"""Figures: drawn, laid out, read and encoded; nothing else imports matplotlib."""
