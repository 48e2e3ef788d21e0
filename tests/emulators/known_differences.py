"""What `sam local start-api` answers otherwise than AWS does, each with its reason.

More is known of it that no request of ours meets:

- HEAD on a route of GET is a 502; every plot has a HEAD route of its own.
- A function that raises is a 200; our handlers answer 500 by themselves.
- A `-` in the name of a path parameter stops it; ours are names of Python.
- `/opt` can be written to, the user is root, and time and memory are the machine's; `test_container.py` has the limits.
"""

from tests.emulators.corpus import CORPUS
from tests.wire import Answer

# Where no route matches it answers as a REST API does, also for an HTTP API.
_NO_ROUTE = Answer(403, "application/json", b'{"message":"Missing Authentication Token"}\n')

OF_SAM_LOCAL = {
    **{name: _NO_ROUTE for name, exchange in CORPUS.items() if exchange.function is None},
    # Its web server takes the type away from a 304, which HTTP allows.
    "picture that the client has": Answer(304, "", b""),
}
