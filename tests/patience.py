"""How long a step in a browser may take before it counts as broken."""

PATIENCE = 60_000  # milliseconds; a machine that does much else at the same time is slow, not wrong


def be_patient(browser):
    """Let every step in every window that `browser` opens from now on take as long as a slow machine needs."""
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
