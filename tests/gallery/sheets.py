"""Contact sheets to look at: each script by matplotlib alone, in light, in dark and 440 pixels wide."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from tests.gallery.requests import PLAIN

SHOWN = (PLAIN, "default", "dark", "440")
CELL = (330, 250)  # pixels
CAPTION = 18  # pixels
ROWS = 8  # of a sheet
GROUND = "#9aa1ab"  # neither theme's paper: the edges of both show


def write_sheets(scripts: Sequence[tuple[str, Path]], folder: Path) -> list[Path]:
    """Writes sheets of `scripts`, each a name and the folder of its pictures, and returns their files."""
    files = []
    for number in range(0, len(scripts), ROWS):
        rows = scripts[number : number + ROWS]
        height = CELL[1] + CAPTION
        sheet = Image.new("RGB", (CELL[0] * len(SHOWN), height * len(rows)), GROUND)
        draw = ImageDraw.Draw(sheet)
        for row, (name, pictures) in enumerate(rows):
            draw.text((4, row * height + 3), name, fill="black")
            for column, request in enumerate(SHOWN):
                if (picture := _opened(pictures / f"{request}.png")) is not None:
                    small = ImageOps.contain(picture, (CELL[0] - 8, CELL[1] - 8))
                    sheet.paste(small, (column * CELL[0] + 4, row * height + CAPTION))
        files.append(folder / f"sheet-{number // ROWS + 1:03}.png")
        sheet.save(files[-1])
    return files


def _opened(file: Path) -> Image.Image | None:
    try:
        with Image.open(file) as image:
            return image.convert("RGB")
    except OSError:  # there is none: the script or the request failed
        return None
