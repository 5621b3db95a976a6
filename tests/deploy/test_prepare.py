import os

import pytest

from deploy import prepare
from deploy.prepare import DATA_STEPS, STATIC_STEPS, fingerprint


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder; its `ran` tells which steps have run, in order."""
    root = tmp_path / "project"
    (root / "static").mkdir(parents=True)
    (root / "static" / "site.css").write_text("a {}")
    (root / "models.py").write_text("name = 1")
    monkeypatch.setattr(prepare, "ROOT", root)
    return root


@pytest.fixture
def ran(monkeypatch):
    ran = []

    def run(steps, environ):
        ran.extend(step[0] for step in steps)
        data = prepare.data_dir(environ)
        (data / "db.sqlite3").touch()
        if steps is STATIC_STEPS:
            (data / "static").mkdir(exist_ok=True)

    monkeypatch.setattr(prepare, "_run", run)
    return ran


@pytest.fixture
def environ(tmp_path):
    return {"DATA_DIR": str(tmp_path / "data")}


ALL = [step[0] for step in DATA_STEPS + STATIC_STEPS]


def test_first_time_runs_every_step(project, environ, ran):
    prepare.prepare(environ)

    assert ran == ["migrate", "ensure_roles", "load_demo", "ensure_search", "ensure_admin", "collectstatic"]


def test_second_time_runs_nothing(project, environ, ran):
    prepare.prepare(environ)
    ran.clear()

    prepare.prepare(environ)

    assert ran == []


def test_changed_code_leaves_the_static_files_alone(project, environ, ran):
    prepare.prepare(environ)
    ran.clear()

    (project / "models.py").write_text("name = 22")
    prepare.prepare(environ)

    assert ran == ["migrate", "ensure_roles", "load_demo", "ensure_search", "ensure_admin"]


def test_changed_static_file_is_collected(project, environ, ran):
    prepare.prepare(environ)
    ran.clear()

    (project / "static" / "site.css").write_text("a { color: red }")
    prepare.prepare(environ)

    assert "collectstatic" in ran


def test_lost_database_is_made_again(project, environ, ran):
    prepare.prepare(environ)
    ran.clear()

    (prepare.data_dir(environ) / "db.sqlite3").unlink()
    prepare.prepare(environ)

    assert ran == ["migrate", "ensure_roles", "load_demo", "ensure_search", "ensure_admin"]


def test_lost_static_files_are_collected_again(project, environ, ran):
    prepare.prepare(environ)
    ran.clear()

    (prepare.data_dir(environ) / "static").rmdir()
    prepare.prepare(environ)

    assert ran == ["collectstatic"]


def test_damaged_stamp_counts_as_none(project, environ, ran):
    prepare.prepare(environ)
    ran.clear()

    (prepare.data_dir(environ) / "prepared.json").write_text("{")
    prepare.prepare(environ)

    assert ran == ALL


def test_database_elsewhere_is_prepared_every_time(project, environ, ran):
    environ["DATABASE_URL"] = "postgres://db.example.org/backus"
    prepare.prepare(environ)
    ran.clear()

    prepare.prepare(environ)

    assert ran == ["migrate", "ensure_roles", "load_demo", "ensure_search", "ensure_admin"]


def test_interrupted_step_is_run_again(project, environ, ran, monkeypatch):
    def interrupted(steps, environ):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(prepare, "_run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            prepare.prepare(environ)

    prepare.prepare(environ)

    assert ran == ALL


def test_development_collects_no_static_files(project, environ, ran):
    prepare.prepare({**environ, "DEBUG": "true"})

    assert "collectstatic" not in ran


def test_fingerprint_changes_with_a_file_and_not_with_what_no_step_reads(project):
    before = fingerprint(project)

    for aside in ("var", ".git", "tests", "__pycache__"):
        (project / aside).mkdir()
        (project / aside / "file").touch()
    assert fingerprint(project) == before

    os.utime(project / "models.py", (1, 1))
    assert fingerprint(project) != before


def test_without_the_demonstration_its_content_is_not_loaded(project, environ, ran):
    prepare.prepare({**environ, "DEMONSTRATION": "false"})

    assert ran == ["migrate", "ensure_roles", "ensure_search", "ensure_admin", "collectstatic"]


def test_demonstration_turned_on_later_is_loaded_then(project, environ, ran):
    prepare.prepare({**environ, "DEMONSTRATION": "off"})
    ran.clear()

    prepare.prepare({**environ, "DEMONSTRATION": "on"})

    assert ran == ["migrate", "ensure_roles", "load_demo", "ensure_search", "ensure_admin"]
