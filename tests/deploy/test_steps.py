import sys

import pytest

from tests import steps
from tests.steps import Counts, Step

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"/>
<testcase name="c"><failure/></testcase>
<testcase name="d"><error/></testcase>
<testcase name="e"><skipped/></testcase>
</testsuite></testsuites>"""


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        (Counts(12, 0), "12 passed, 0 failed"),
        (Counts(10, 2), "10 passed, 2 failed"),
        (Counts(10, 0, 1), "10 passed, 0 failed, 1 skipped"),
    ],
)
def test_closing_line_is_plain(counts, line):
    assert str(counts) == line


def test_counts_are_read_case_by_case(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)

    assert steps.read_counts(tmp_path / "report.xml") == Counts(passed=2, failed=2, skipped=1)


def test_step_without_trouble_has_no_problem():
    outcome = steps.run(Step("one", [sys.executable, "-c", "print('fine')"]))

    assert (outcome.problem, outcome.output) == ("", "fine\n")


def test_step_that_fails_tells_its_exit_code():
    outcome = steps.run(Step("one", [sys.executable, "-c", "raise SystemExit(3)"]))

    assert outcome.problem == "exit code 3"


def test_skipped_test_is_a_problem(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text("<testsuite><testcase/><testcase><skipped/></testcase></testsuite>")

    outcome = steps.run(Step("tests", [sys.executable, "-c", ""], report=report))

    assert outcome.problem == "1 skipped: a test that does not run tells nothing"


def test_run_of_tests_that_breaks_counts_as_a_failure(tmp_path):
    outcome = steps.run(Step("tests", [sys.executable, "-c", ""], report=tmp_path / "none.xml"))

    assert (outcome.problem, outcome.counts) == ("no test ran", Counts(failed=1))
