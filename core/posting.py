"""How a mail is handed to the server of the operator."""

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit

from core import clock

PATIENCE = 20.0  # seconds
HERE = {"127.0.0.1", "::1", "localhost"}


def post(
    config: Mapping[str, str], to: str, subject: str, text: str, name: str, reply_to: str = ""
) -> None:
    """Hand one mail over.

    :raise OSError: when the server is not reached
    :raise smtplib.SMTPException: when it does not take the mail
    """
    host = urlsplit(config["PUBLIC_URL"]).hostname or "localhost"
    mail = EmailMessage()
    mail["From"] = config["MAIL_FROM"] or config["OPERATOR_EMAIL"] or f"werkstatt@{host}"
    mail["To"] = to
    if reply_to:
        mail["Reply-To"] = reply_to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{name}@{host}>"  # the same when it is sent again
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    with _server(urlsplit(config["SMTP_URL"])) as server:
        server.send_message(mail)


@contextmanager
def _server(url: SplitResult) -> Iterator[smtplib.SMTP]:
    """Open a connection, encrypted unless the server is this machine or offers nothing."""
    host, safe = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "smtps":
        opened: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=PATIENCE, context=safe
        )
    else:
        opened = smtplib.SMTP(host, url.port or 587, timeout=PATIENCE)
    with opened as server:
        server.ehlo()
        encrypted = url.scheme == "smtps"
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=safe)
            encrypted = True
        if url.username:
            if not (encrypted or host in HERE):
                raise smtplib.SMTPNotSupportedError("no password without TLS")
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server


def is_final(error: Exception) -> bool:
    """Whether the server said that it will never take mail to this recipient."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _ in error.recipients.values())
