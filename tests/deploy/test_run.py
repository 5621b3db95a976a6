import os
import subprocess
import sys

import pytest

from deploy import run
from deploy.address import Address
from deploy.bootstrap import ROOT
from deploy.processes import read_procfile
from deploy.setup_error import describe


def start(**environ):
    """Start the site as `make run` does and return what became of it."""
    environ = {name: value for name, value in os.environ.items() if name not in ("HOST", "PORT")} | environ
    command = [sys.executable, "-m", "deploy.run"]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=60)


def test_wrong_port_ends_with_one_line_before_anything_is_made(tmp_path):
    ended = start(PORT="eighty", DATA_DIR=str(tmp_path / "data"))

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: PORT has to be a number from 1 to 65535, not 'eighty'.\n"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("procfile", ["Procfile", "deploy/Procfile.dev"])
def test_procfile_names_web_first_with_worker_and_demonstration(procfile):
    assert list(read_procfile((ROOT / procfile).read_text())) == ["web", "worker", "demo"]


def test_environment_serves_as_in_production(monkeypatch):
    for name in ("DATA_DIR", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DEBUG", "1")

    environ = run.environment(Address("0.0.0.0", 9000), dev=False)

    asked = ("HOST", "PORT", "DEBUG", "DATA_DIR", "SITE_URL")
    assert [environ[name] for name in asked] == [
        "0.0.0.0",
        "9000",
        "false",
        str(ROOT / "var"),
        "http://127.0.0.1:9000",
    ]


def test_environment_of_development_has_data_of_its_own(monkeypatch):
    monkeypatch.delenv("DATA_DIR", raising=False)

    environ = run.environment(Address("127.0.0.1", 8000), dev=True)

    assert (environ["DEBUG"], environ["DATA_DIR"]) == ("true", str(ROOT / "var" / "dev"))


@pytest.mark.parametrize(("host", "allowed"), [("0.0.0.0", "*"), ("127.0.0.1", None)])
def test_site_opened_to_the_network_answers_to_any_name(monkeypatch, host, allowed):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)

    environ = run.environment(Address(host, 8000), dev=False)

    assert environ.get("ALLOWED_HOSTS") == allowed


def test_welcome_shows_the_first_password_and_no_other():
    here = Address("127.0.0.1", 8000)

    assert "Password:   s3cret" in run.welcome(here, "s3cret")
    assert "Password:   the one that you gave it" in run.welcome(here, "")


def test_full_disk_is_told_in_words():
    assert describe(OSError(28, "No space left on device")) == "the disk is full: make room, then run it again."
    assert describe(OSError(13, "Permission denied", "/x")) == "Permission denied: /x"
