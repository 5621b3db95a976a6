"""Send ADT messages to the site's listener and print its answers. Needs Python 3.11 and nothing besides.

    python3 send_adt.py                                      an invented patient, who was seen after 20 minutes
    python3 send_adt.py --host 10.0.0.5 --port 2575 FILE...  the messages in these files, one a file

Ends with 0 where all were accepted (AA), else with 1.
"""

import argparse
import socket
import sys
import uuid
from datetime import UTC, datetime, timedelta

START, END = b"\x0b", b"\x1c\r"
TIME = "%Y%m%d%H%M%S+0000"


def invented_visit(facility, point_of_care):
    """Return two messages, as bytes: somebody arrived half an hour ago, and was seen ten minutes ago."""
    now = datetime.now(UTC)
    visit, arrived = uuid.uuid4().hex[:12], (now - timedelta(minutes=30)).strftime(TIME)
    seen = (now - timedelta(minutes=10)).strftime(TIME)
    messages = []
    for event, seen_at in [("A04", ""), ("A08", seen)]:
        segments = [
            f"MSH|^~\\&|SENDER|{facility}|SITE|WEB|{now.strftime(TIME)}||ADT^{event}|{visit}{event}|P|2.5.1",
            f"EVN|{event}|{now.strftime(TIME)}",
            f"PV1|1|E|{point_of_care}{'|' * 16}{visit}{'|' * 25}{arrived}",
            f"ZED|1|{seen_at}",
        ]
        messages.append("".join(f"{segment}\r" for segment in segments).encode())
    return messages


def exchange(connection, message):
    """Send `message` and return the answer, both bytes."""
    connection.sendall(START + message + END)
    answer = b""
    while not answer.endswith(END):
        received = connection.recv(4096)
        if not received:
            sys.exit("The listener closed the connection without an answer.")
        answer += received
    return answer.removeprefix(START).removesuffix(END)


def main():
    parser = argparse.ArgumentParser(description="Send ADT messages over MLLP and print the answers.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=2575)
    parser.add_argument("--facility", default="EXAMPLE", help="MSH-4 of the invented patient")
    parser.add_argument("--point-of-care", default="ED", help="PV1-3 of the invented patient")
    parser.add_argument("files", nargs="*", type=argparse.FileType("rb"), metavar="FILE")
    options = parser.parse_args()
    messages = [file.read() for file in options.files]
    accepted = True
    with socket.create_connection((options.host, options.port), timeout=30) as connection:
        for message in messages or invented_visit(options.facility, options.point_of_care):
            answer = exchange(connection, message)
            sys.stdout.write(answer.decode("utf-8", "replace").replace("\r", "\n"))
            accepted = accepted and any(line.split(b"|")[:2] == [b"MSA", b"AA"] for line in answer.split(b"\r"))
    sys.exit(0 if accepted else 1)


if __name__ == "__main__":
    main()
