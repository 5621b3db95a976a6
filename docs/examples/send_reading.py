"""Send a wait to the site. Python 3 alone, nothing to install:

ER_KEY=er_… ER_SECRET=… python3 send_reading.py https://www.example.org/api/er/backus/readings/ 25
"""

import hashlib
import hmac
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timezone


def send(address, message):
    """Sign `message` as of now and send it; return what the site answers."""
    body, timestamp = json.dumps(message).encode(), str(int(time.time()))
    signature = hmac.new(os.environ["ER_SECRET"].encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    headers = {
        "Content-Type": "application/json",
        "ER-Key": os.environ["ER_KEY"],
        "ER-Timestamp": timestamp,
        "ER-Signature": f"sha256={signature.hexdigest()}",
    }
    with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=10) as response:
        return response.read().decode()


def main(address, minutes):
    observed_at = datetime.now(timezone.utc).isoformat(timespec="seconds")
    message = {
        "event_id": str(uuid.uuid4()),  # stays the same however often the message has to be sent
        "readings": [{"observed_at": observed_at, "wait_minutes": float(minutes)}],
    }
    for pause in (1, 10, 60, None):
        try:
            return print(send(address, message))
        except urllib.error.HTTPError as error:
            trouble = f"{error.code} {error.read().decode()}"
            if error.code == 409:
                return print("The site has it already.")
            if error.code not in (429, 500, 502, 503, 504):
                break  # sending it again would change nothing
        except OSError as error:
            trouble = f"The site cannot be reached: {error}"
        if pause:
            time.sleep(pause)
    sys.exit(trouble)


main(*sys.argv[1:])
