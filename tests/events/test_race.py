"""Fifty seats and five hundred rivals at once: four processes, each with 125 who come as fast as they can."""

import multiprocessing
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from django.db import connection

from events import registering
from events.models import Event, EventDate, Registration
from events.seats import availability_of
from tests.factories import create_event

SEATS, PROCESSES, RIVALS_IN_EACH, ROUNDS = 50, 4, 125, 20


@pytest.fixture
def database(tmp_path, transactional_db):
    """Return a function that puts the database where several processes can write to it, and returns how to open it.

    The tests' SQLite is in the memory of one process: the others get a file with what is in it.
    """

    def shared():
        if connection.vendor == "sqlite":
            name = str(tmp_path / "race.sqlite3")
            with closing(sqlite3.connect(name)) as file:
                connection.connection.backup(file)
            return name
        connection.close()  # a process that is forked must not speak on it
        return connection.settings_dict["NAME"]

    return shared


def open_anew(name):
    connection.connection = None
    connection.settings_dict["NAME"] = name
    if connection.vendor == "sqlite":  # the file is thrown away, so it never has to reach the disk
        options = connection.settings_dict["OPTIONS"]
        command = f"{options['init_command']} PRAGMA synchronous=OFF;"
        connection.settings_dict["OPTIONS"] = {**options, "init_command": command}


def without_lock(date):
    return EventDate.objects.select_related("event").get(pk=date.pk)


def rivals(number, database, orders):
    """Have RIVALS_IN_EACH people register, one after the other, for each (date, is locked) that comes by `orders`.

    Unlocked, each statement stands by itself, as it would without the lock and the transaction.
    """
    open_anew(database)
    locked_register, lock = registering.register, registering.lock
    for event_date, is_locked in iter(orders.recv, None):
        registering.lock = lock if is_locked else without_lock
        register = locked_register if is_locked else locked_register.__wrapped__
        registered = 0
        for rival in range(RIVALS_IN_EACH):
            name = f"{event_date.pk}-{number}-{rival}"
            told = {"nonce": name, "sender": name, "name": "Rival", "email": f"{name}@example.org", "language": "en"}
            if not availability_of([event_date])[event_date.pk].opens:  # as the page asks first
                continue
            try:
                register(event_date, **told)
                registered += 1
            except registering.NoSeatsError:
                pass
        orders.send(registered)


class Rivals:
    """The processes, which wait for a round to begin. Use it as a context manager."""

    def __init__(self, database):
        fork = multiprocessing.get_context("fork")
        pipes = [fork.Pipe() for _each in range(PROCESSES)]
        self.orders = [ours for ours, _theirs in pipes]
        self.processes = [
            fork.Process(target=rivals, args=(number, database, theirs), daemon=True)
            for number, (_ours, theirs) in enumerate(pipes)
        ]

    def __enter__(self):
        for process in self.processes:
            process.start()
        return self

    def __exit__(self, *exception):
        for order in self.orders:
            order.send(None)
        for process in self.processes:
            process.join(10)

    def race(self, event_date, *, is_locked):
        """Have all of them register for `event_date` at once; return how many were registered."""
        for order in self.orders:
            order.send((event_date, is_locked))
        assert all(order.poll(60) for order in self.orders)
        return sum(order.recv() for order in self.orders)


def test_of_fifty_seats_exactly_fifty_are_sold_however_many_come_at_once(database):
    create_event(
        first_day=date(2099, 1, 1),
        rule=f"FREQ=DAILY;COUNT={2 * ROUNDS}",
        sign_up_by=Event.SignUp.HERE,
        seats=SEATS,
        waiting_list=False,
    )
    dates = list(EventDate.objects.select_related("event"))
    name = database()

    with Rivals(name) as rivals:
        # Without the lock more are sold than there are: the race is real.
        assert any(rivals.race(each, is_locked=False) > SEATS for each in dates[:ROUNDS])
        sold = [rivals.race(each, is_locked=True) for each in dates[ROUNDS:]]

    assert sold == [SEATS] * ROUNDS
    if connection.vendor != "sqlite":
        assert [each.registrations.holding_seats().people() for each in dates[ROUNDS:]] == sold
        return
    with closing(sqlite3.connect(name)) as file:
        query = "SELECT sum(party) FROM events_registration WHERE date_id = ? AND state = ?"
        state = Registration.State.CONFIRMED.value
        assert [file.execute(query, [each.pk, state]).fetchone()[0] for each in dates[ROUNDS:]] == sold
