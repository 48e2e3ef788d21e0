"""`plotgate catalog`."""

from plotgate.local.commands.options import TEMPLATE, TemplateFile, readable_errors
from plotgate.local.template import read_template


def catalog(template: TemplateFile = TEMPLATE) -> None:
    """Write down for the gallery which plots there are; run it when a plot's text, path or parameters changed."""
    # Imported here, for it imports the plots' stack, which other commands leave to the workers.
    from plotgate.local.catalog import write_catalog

    with readable_errors():
        files = write_catalog(read_template(template))
    for file in files:
        print(f"Wrote {file.relative_to(template.resolve().parent)}")
