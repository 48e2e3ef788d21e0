"""How AWS is called: soon given up, for a picture waits. boto3 is on Lambda, and not in a layer."""

import logging

from botocore.config import Config

# Two tries, so that one lost packet costs no picture; both together take no longer than `TIMEOUT`.
AWS_CONFIG = Config(connect_timeout=2, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2})

logging.getLogger("botocore").setLevel(logging.INFO)  # at DEBUG it logs the secrets that it is answered
