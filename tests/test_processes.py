"""What every process and every processor make is the same: numpy's sums differ in a last bit between processors."""

import base64
import json
import os
import re
import subprocess
import sys

from plotgate.url.formats import FORMATS
from tests.found import PLOTS, ROOT

# Kernels of OpenBLAS; other architectures have none of them, and agree by that.
OLD = {"OPENBLAS_CORETYPE": "Nehalem", "PYTHONHASHSEED": "1", "TZ": "UTC"}
NEW = {"OPENBLAS_CORETYPE": "Haswell", "PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}
PROGRAM = """
import base64, json
from plotgate.url.formats import FORMATS
from tests.found import PLOTS, handler_of
from tests.wire import answer, function_event
found = {}
for plot in PLOTS:
    for form in FORMATS:
        made = answer(handler_of(plot)(function_event(plot) | {"rawQueryString": f"format={form}&width=440"}, None))
        body = base64.b64encode(made.body).decode()
        found[f"{plot}.{form}"] = made.status, made.content_type, made.headers["etag"], body
print(json.dumps(found))
"""


def test_every_picture_is_the_same_from_every_process_whatever_the_processor() -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT, env=os.environ | own | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
        )
        for own in (OLD, NEW)
    ]  # fmt: skip
    old, new = (json.loads(process.communicate()[0]) for process in started)
    assert old.keys() == new.keys() == {f"{plot}.{form}" for plot in PLOTS for form in FORMATS}
    assert len({body for *_, body in old.values()}) == len(old)  # each is a picture of its own
    for name, (status, media_type, tag, body) in old.items():
        form = FORMATS[name.rpartition(".")[2]]
        assert (status, media_type) == (200, form.media_type), name
        assert new[name][:2] == [status, media_type], name
        if form.media_type.startswith("text/csv"):
            assert tag.startswith("W/")
            assert rounded(new[name][3]) == rounded(body), name
        else:
            assert new[name][3] == body, name


def rounded(body: str) -> str:
    """A table whose numbers have 9 digits."""
    return re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda found: f"{float(found[0]):.9g}", base64.b64decode(body).decode())
