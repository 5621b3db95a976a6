"""Several people at their own browsers."""

import pytest
from django.test import Client


@pytest.fixture
def client_of():
    """Return a function that gives a client signed in as a user."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in
