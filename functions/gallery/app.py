"""The gallery: a page of all plots, and a page for each."""

from pathlib import Path

from plotgate.pages.routes import serve_pages

handler = serve_pages(Path(__file__).parent)
