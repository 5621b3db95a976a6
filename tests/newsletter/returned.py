"""Messages as mail servers send them back."""

from newsletter.return_paths import HEADER, token_of


def bounce(
    subscriber=None,
    *,
    status="5.1.1",
    action="failed",
    diagnosis="550 5.1.1 User unknown",
    to="bounces@example.org",
    token=None,
):
    """Return a report of mail not delivered (RFC 3464), as bytes; `subscriber` stands in the mail given back."""
    token = token if token is not None else (token_of(subscriber) if subscriber else "")
    ours = f"{HEADER}: {token}\n" if token else ""
    text = f"""\
From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Mon, 2 Mar 2026 12:00:00 -0500

Final-Recipient: rfc822; reader@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnosis}

--part
Content-Type: message/rfc822

From: Hospital <news@example.org>
To: reader@example.org
Subject: Health news
{ours}
Hello.

--part--
"""
    return text.encode()


def complaint(subscriber, *, kind="abuse"):
    """Return a complaint (RFC 5965, ARF), as bytes; the mail is given back as its headers alone."""
    return f"""\
From: <abusedesk@example.net>
To: <abuse@example.org>
Subject: FW: Health news
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: <somebody@example.net>

--part
Content-Type: text/rfc822-headers

From: Hospital <news@example.org>
To: reader@example.org
{HEADER}: {token_of(subscriber)}
Subject: Health news

--part--
""".encode()
