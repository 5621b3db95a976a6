import re
import sys

import pytest

from deploy import bootstrap
from deploy.setup_error import SetupError


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder with two locks and a .venv that is there but not installed into."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    (tmp_path / "requirements").mkdir()
    for name in ("base", "dev"):
        bootstrap.lock_file(name).write_text(f"{name}==1.0\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return tmp_path


def mark_installed(*names):
    for name in names:
        bootstrap.stamp(name).write_text(bootstrap.lock_hash(name))


def test_python_before_the_oldest_is_refused_in_one_line():
    with pytest.raises(SetupError, match=r"^Python 3\.11 or newer is needed and .* is 3\.10\.4\. .*$") as refusal:
        bootstrap.check_python((3, 10, 4, "final", 0))

    assert "\n" not in str(refusal.value)


def test_newer_python_is_accepted():
    bootstrap.check_python((3, 14, 0, "final", 0))


def test_missing_venv_module_names_the_package(monkeypatch):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())

    with pytest.raises(SetupError) as refusal:
        bootstrap.check_venv_module()

    assert str(refusal.value) == (
        "Python's ensurepip module is missing. On Debian or Ubuntu: apt-get install python3-venv"
    )


def test_full_disk_is_told_before_the_install(project):
    with pytest.raises(SetupError) as refusal:
        bootstrap.check_room(free=310_000_000)

    assert str(refusal.value) == (
        f"Too little room on the disk: the first install needs 1 GB and {project} has 0.3 GB free."
    )


def test_nothing_is_installed_at_first(project):
    assert not bootstrap.installed("base")


def test_stamp_of_the_same_lock_means_installed(project):
    mark_installed("base")

    assert bootstrap.installed("base")
    assert not bootstrap.installed("dev")


def test_changed_lock_is_installed_again(project):
    mark_installed("base", "dev")

    bootstrap.lock_file("base").write_text("base==1.1\n")

    assert not bootstrap.installed("base")
    assert bootstrap.installed("dev")


def test_venv_whose_python_is_gone_is_made_again(project):
    mark_installed("base")

    (project / ".venv" / "bin" / "python").unlink()

    assert not bootstrap.installed("base")


def test_install_does_nothing_where_all_is_there(project, monkeypatch):
    mark_installed("base")
    monkeypatch.setattr(bootstrap, "_install", pytest.fail)

    bootstrap.install("base")


def test_folder_that_is_no_venv_is_not_installed_into(project):
    # Its Python is the machine's own, whose pip works: what it installs would land outside.
    assert not bootstrap._is_usable()


def test_emptied_venv_keeps_the_mark_that_it_is_unfinished(project):
    (project / ".venv" / "lib64").symlink_to(project / ".venv" / "bin")
    (project / ".venv" / "pyvenv.cfg").touch()

    bootstrap._empty()

    assert [path.name for path in (project / ".venv").iterdir()] == ["unfinished"]


def test_interrupted_install_begins_anew(project, monkeypatch):
    left = project / ".venv" / "half-written"
    left.touch()
    (project / ".venv" / "unfinished").touch()
    commands = []
    monkeypatch.setattr(bootstrap, "_call", lambda command, failure: commands.append(command[1:3]))
    monkeypatch.setattr(bootstrap, "_is_usable", lambda: True)

    bootstrap._install("dev")

    assert commands == [["-m", "venv"], ["-m", "pip"]]
    assert not left.exists()
    assert sorted(path.name for path in (project / ".venv").iterdir()) == ["locked-base", "locked-dev"]


def test_failed_install_leaves_the_mark_of_an_unfinished_one(project, monkeypatch):
    mark_installed("base")
    monkeypatch.setattr(bootstrap, "_is_usable", lambda: True)

    def fail(command, failure):
        raise SetupError(failure)

    monkeypatch.setattr(bootstrap, "_call", fail)

    with pytest.raises(SetupError):
        bootstrap._install("dev")

    assert [path.name for path in (project / ".venv").iterdir() if path.is_file()] == ["unfinished"]


def test_full_disk_during_an_install_is_one_line(capsys):
    script = "print('x' * 99); print('OSError: [Errno 28] No space left on device'); raise SystemExit(1)"

    with pytest.raises(SetupError) as refusal:
        bootstrap._call([sys.executable, "-c", script], "pip failed")

    assert str(refusal.value) == "the disk is full: make room, then run it again."
    assert capsys.readouterr() == ("", "")


def test_both_locks_hold_the_same_releases_with_hashes():
    pins = {
        name: dict(re.findall(r"^([\w.-]+)==(\S+)", bootstrap.lock_file(name).read_text(), re.MULTILINE))
        for name in ("base", "dev")
    }

    assert {name: pins["dev"].get(name) for name in pins["base"]} == pins["base"]
    for name in pins:
        text = bootstrap.lock_file(name).read_text()
        assert "://" not in text
        assert text.count("--hash=sha256:") >= len(pins[name])
