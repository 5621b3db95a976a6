"""One step of `make test`: a command with a name, run to its end, with what became of it."""

import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from deploy import children
from deploy.bootstrap import ROOT

LONGEST = 25 * 60  # seconds; a step that hangs must not hang everything


@dataclass(frozen=True)
class Counts:
    """How many tests did what."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


@dataclass(frozen=True)
class Step:
    name: str
    command: list
    environ: dict = field(default_factory=dict)
    needs: tuple = ()  # the Debian packages without which it cannot run
    report: Path | None = None  # where pytest writes its JUnit file


@dataclass(frozen=True)
class Outcome:
    step: Step
    problem: str  # "" when all is well
    output: str
    seconds: float
    counts: Counts = Counts()


def run(step):
    """Run `step` and return its Outcome. Never raises for what the command does."""
    began = time.monotonic()
    process = children.start(
        [str(part) for part in step.command],
        cwd=ROOT,
        env={**os.environ, **step.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    try:
        output, _ = process.communicate(timeout=LONGEST)
        problem = f"exit code {process.returncode}" if process.returncode else ""
    except subprocess.TimeoutExpired:
        children.stop(process)
        output, _ = process.communicate()
        problem = f"stopped after {LONGEST // 60} minutes"
    counts = Counts()
    if step.report is not None:
        counts = read_counts(step.report)
        problem = problem or judge(counts)
        if problem and not counts.failed and not counts.skipped:
            counts += Counts(failed=1)  # pytest itself broke: that is one failure, whatever it had not come to
    return Outcome(step, problem, output, time.monotonic() - began, counts)


def judge(counts):
    """Return what is wrong with a run of pytest that found nothing wrong itself."""
    if counts.skipped:
        return f"{counts.skipped} skipped: a test that does not run tells nothing"
    return "" if counts.passed else "no test ran"


def read_counts(report):
    """Return the Counts in a JUnit file; none where pytest did not come to write it."""
    try:
        cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 - our own pytest wrote it
    except (OSError, ElementTree.ParseError):
        return Counts()
    counts = Counts()
    for case in cases:
        if case.find("failure") is not None or case.find("error") is not None:
            counts += Counts(failed=1)
        elif case.find("skipped") is not None:
            counts += Counts(skipped=1)
        else:
            counts += Counts(passed=1)
    return counts
