"""Run everything that CI runs: `python -m tests.run [--lint]`, called by `make test` and `make lint`.

Every step runs, whatever became of the others; the last line counts the tests.
"""

import contextlib
import os
import secrets
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.setup_error import SetupError, exit_with
from tests import postgres, prepared_site, steps, system_packages
from tests.steps import Counts, Outcome, Step

PYTHON = sys.executable
AT_ONCE = 2  # as many as CI has cores

# What a shell may have set for its own purposes must not decide what is tested.
OURS = [
    "ALLOWED_HOSTS",
    "ATTIC_ROOT",
    "CLIENT_ADDRESS_HEADER",
    "CONN_MAX_AGE",
    "DATABASE_URL",
    "DATA_DIR",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "DEMONSTRATION",
    "EMAIL_URL",
    "HOSPITAL_ADDRESS",
    "HOST",
    "LOG_LEVEL",
    "MAIL_SERVICE",
    "MAIN_PHONE",
    "MEDIA_ROOT",
    "NEWSLETTER_LEAVE_ADDRESS",
    "NEWSLETTER_MAILS_PER_MINUTE",
    "NEWSLETTER_RETURN_PATH",
    "PORT",
    "PRODUCTION",
    "READINGS_KEPT_DAYS",
    "RECEIPT_URL",
    "RETURNED_MAILBOX",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SECURITY_CONTACT",
    "SITE_NAME",
    "SITE_PLACE",
    "SITE_URL",
    "STATIC_ROOT",
    "URGENT_CARE",
]


def linters():
    return [
        Step("ruff", [PYTHON, "-m", "ruff", "check", "."]),
        Step("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        Step("templates", [PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"]),
        Step("imports", [PYTHON, Path(PYTHON).with_name("lint-imports"), "--no-cache", "--no-logo"]),
    ]


def checks(data):
    # Made-up values of the right shape: nothing is connected to.
    production = {
        "PRODUCTION": "true",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATABASE_URL": "postgres://backus:secret@db.example.org:5432/backus",
        "ALLOWED_HOSTS": "www.example.org",
        "SITE_URL": "https://www.example.org",
        "EMAIL_URL": "smtp+tls://backus:secret@mail.example.org:587",
        "HOSPITAL_ADDRESS": "1 Example Street, Norwich, CT 06360",
        "DATA_DIR": str(data / "production"),
    }
    return [
        Step(
            "migrations",
            [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
            {"DATA_DIR": str(data / "migrations")},
        ),
        Step("check --deploy", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], production),
    ]


def tests(data, database_url):
    def pytest(name, *options, needs=(), **environ):
        folder = data / name.replace(" ", "-")
        report = folder / "report.xml"
        command = [PYTHON, "-m", "pytest", "--quiet", f"--junitxml={report}", *options]
        shared = {prepared_site.SHARED: str(data / "prepared")}
        return Step(name, command, {"DATA_DIR": str(folder), **shared, **environ}, needs, report)

    # The longest first, so that the two that run side by side end together.
    every_page = "tests/browser/test_every_page.py"
    return [
        pytest("tests in Chromium", "tests/browser", f"--ignore={every_page}", needs=system_packages.BROWSER),
        pytest(
            "tests on PostgreSQL", "--ignore=tests/browser", needs=system_packages.DATABASE, DATABASE_URL=database_url
        ),
        pytest("tests on SQLite", "--ignore=tests/browser"),
        pytest("pages in Chromium", every_page, needs=system_packages.BROWSER),
    ]


def run_all(wanted, missing):
    """Run the steps, at most `AT_ONCE` side by side; return their Outcomes in order."""

    def run(step):
        lacking = [f"{package} is missing: {missing[package]}" for package in step.needs if package in missing]
        outcome = Outcome(step, "; ".join(lacking), "", 0, Counts(failed=1)) if lacking else steps.run(step)
        show(outcome)
        return outcome

    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        return list(pool.map(run, wanted))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def show(outcome):
    lines = [f"{'FAILED' if outcome.problem else 'ok':7}{outcome.step.name:22}{outcome.seconds:7.1f} s"]
    if outcome.step.report:
        lines[0] += f"   {outcome.counts}"
    if outcome.problem:
        lines += [f"       {outcome.problem}", outcome.output.rstrip(), ""]
    print("\n".join(lines), flush=True)


def main():
    for name in [name for name in os.environ if name in OURS or name.startswith("PG")]:
        del os.environ[name]
    os.environ["DJANGO_SETTINGS_MODULE"] = "backus_site.settings"
    began = time.monotonic()
    only_lint = "--lint" in sys.argv[1:]
    with contextlib.ExitStack() as stack:
        outcomes = lint() if only_lint else everything(stack)
    failed = [outcome for outcome in outcomes if outcome.problem]
    print(f"\n{len(outcomes)} steps in {time.monotonic() - began:.0f} s")
    for outcome in failed:
        print(f"Failed: {outcome.step.name}: {outcome.problem}")
    if not only_lint:
        print(sum((outcome.counts for outcome in outcomes), Counts()))
    return 1 if failed else 0


def lint():
    return run_all(linters(), {})


def everything(stack):
    missing = system_packages.install_missing()
    data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="backus-test-")))
    database_url = ""
    if "postgresql" not in missing:
        try:
            database_url = stack.enter_context(postgres.running())
        except SetupError as trouble:
            missing["postgresql"] = str(trouble)
    return run_all([*linters(), *checks(data), *tests(data, database_url)], missing)


if __name__ == "__main__":
    exit_with(main)
