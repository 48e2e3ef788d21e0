"""`plotgate catalog`."""

from pathlib import Path
from typing import Annotated

import typer

from plotgate.local.commands.options import TEMPLATE, TemplateFile, readable_errors
from plotgate.local.template import TemplateError, read_template


def catalog(
    template: TemplateFile = TEMPLATE,
    into: Annotated[Path | None, typer.Option(help="Folder to write to, instead of the gallery's own.")] = None,
) -> None:
    """Write down for the gallery which plots there are, as `plotgate serve` and `sam build` do by themselves."""
    # Imported here, for it imports the plots' stack, which other commands leave to the workers.
    from plotgate.local.catalog import CatalogError, write_catalog

    with readable_errors(CatalogError):
        found = read_template(template)
        if found.gallery is None:
            raise TemplateError(f"The template {template} must have a function with the path `/` to hold the catalog.")
        files = write_catalog(found, into or found.gallery.code)
    for file in files:
        print(f"Wrote {file}")
