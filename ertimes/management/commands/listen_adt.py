"""The listener for HL7 v2 ADT messages; docs/er-adt.md tells how a hospital's interface engine is connected."""

import asyncio
import ipaddress
import logging
import signal
import ssl
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from ertimes.adt.intake import unknown_departments
from ertimes.adt.mapping import MappingError, read_mapping
from ertimes.adt.server import Listener

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Listen for HL7 v2 ADT messages over MLLP, and measure ER waits from the visits that they tell of."

    def add_arguments(self, parser):
        parser.add_argument("--mapping", required=True, metavar="FILE", help="what the messages mean, in TOML")
        parser.add_argument("--host", default="127.0.0.1", help="where to listen (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=2575, help="default 2575; 0: any that is free")
        parser.add_argument("--tls-cert", metavar="FILE", help="speak TLS with this certificate")
        parser.add_argument("--tls-key", metavar="FILE", help="the certificate's key")
        parser.add_argument("--tls-client-ca", metavar="FILE", help="only for who has a certificate of this authority")
        parser.add_argument(
            "--measure-every", type=float, default=60, metavar="SECONDS", help="how often waits are measured (60)"
        )

    def handle(self, *, mapping, host, port, measure_every, **options):
        try:
            known = read_mapping(mapping)
        except MappingError as error:
            raise CommandError(f"{mapping}: {error}") from error
        tls = tls_context(options["tls_cert"], options["tls_key"], options["tls_client_ca"])
        if tls is None and not is_loopback(host):
            logger.warning("Without --tls-cert, patients' data come to %s unencrypted", host)
        warn_of_unknown_departments(known)
        listener = Listener(known, measure_every=timedelta(seconds=measure_every))
        try:
            asyncio.run(listen(listener, host, port, tls))
        except OSError as error:
            raise CommandError(f"It is not possible to listen on {host}, port {port}: {error.strerror}.") from error


async def listen(listener, host, port, tls):
    """Listen until the process is told to end."""
    ended = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    await listener.listen(
        host, port, tls=tls, ended=ended, ready=lambda at: logger.info("Listening for ADT on %s, port %d", host, at)
    )
    logger.info("Listening for ADT has ended")


def tls_context(cert, key, client_ca):
    """Return the SSLContext of these files, None without a certificate. Raises CommandError."""
    if cert is None:
        if key or client_ca:
            raise CommandError("--tls-key and --tls-client-ca need --tls-cert.")
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(cert, key)
        if client_ca:
            context.load_verify_locations(client_ca)
            context.verify_mode = ssl.CERT_REQUIRED
    except OSError as error:  # ssl.SSLError is one
        raise CommandError(f"The TLS files cannot be used: {error.strerror or error}.") from error
    return context


def is_loopback(host):
    """Return whether only this machine reaches `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def warn_of_unknown_departments(mapping):
    """Say which departments of `mapping` the site has not. They may be made later, and the database may be down."""
    try:
        for slug in unknown_departments(mapping):
            logger.warning("The site has no emergency department “%s” yet, which the mapping names", slug)
    except DatabaseError as error:
        logger.warning("The departments of the mapping were not looked up: %s", type(error).__name__)
    finally:
        connections.close_all()
