"""Requests and answers: events, errors, headers, pages."""
