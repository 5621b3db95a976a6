import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_the_first_account_gets_a_random_password_in_a_file_of_its_owner(folder):
    call_command("ensure_admin")

    file = folder / "admin_password"
    password = file.read_text().strip()
    admin = get_user_model().objects.get()
    assert (admin.username, admin.is_superuser, admin.is_staff) == ("admin", True, True)
    assert admin.check_password(password) is True
    assert len(password) >= 20
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_password_is_never_changed(folder):
    call_command("ensure_admin")
    password = (folder / "admin_password").read_text()

    call_command("ensure_admin")

    assert (folder / "admin_password").read_text() == password
    assert get_user_model().objects.get().check_password(password.strip()) is True


def test_production_gets_no_account(settings, folder):
    settings.PRODUCTION = True

    with pytest.raises(CommandError):
        call_command("ensure_admin")

    assert get_user_model().objects.count() == 0
    assert list(folder.iterdir()) == []
