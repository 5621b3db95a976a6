"""What axe finds on a page, against WCAG 2.2 AA."""

from importlib.resources import files

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What depends on colours and widths; the rest of a page is the same in every scheme.
LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
RUN = "options => axe.run(document, options).then(found => found.violations)"


def load_axe(page):
    """Put axe into the page that is shown; once is enough until another page is opened."""
    page.evaluate(AXE)


def violations(page, *, looks_only=False):
    """Return what axe finds on the page as it is shown now, a line for each place.

    With `looks_only` it looks for what another scheme or width may change, on a page that was looked at whole before.
    """
    rules = {"type": "rule", "values": LOOKS} if looks_only else STANDARD
    found = page.evaluate(RUN, {"runOnly": rules, "resultTypes": ["violations"]})
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
