"""Editing forms as a browser would send them: read from the page, changed, and posted."""

import re
from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects the name/value pairs of the editing form."""

    def __init__(self):
        super().__init__()
        self.pairs, self._area, self._select = {}, None, None
        self._inside = False

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form":
            self._inside = (a.get("id") or "").endswith("_form")
        if not self._inside:
            return
        name = a.get("name")
        if tag == "input" and name and a.get("type") not in ("submit", "file"):
            if a.get("type") in ("checkbox", "radio") and "checked" not in a:
                return
            self.pairs[name] = a.get("value") or ("on" if a.get("type") == "checkbox" else "")
        elif tag == "textarea":
            self._area = name
            self.pairs[name] = ""
        elif tag == "select":
            self._select = (name, "multiple" in a)
            if "multiple" in a:
                self.pairs[name] = []
        elif tag == "option" and self._select and "selected" in a:
            name, several = self._select
            if several:
                self.pairs[name].append(a.get("value"))
            else:
                self.pairs[name] = a.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._area:
            self.pairs[self._area] += data


def fields_of(response):
    """Return the dict of what the editing form in `response` would send."""
    parser = _Fields()
    parser.feed(response.content.decode())
    pairs = {name: value for name, value in parser.pairs.items() if name and "__prefix__" not in name}
    # HTML drops the first line break of a textarea.
    return {name: re.sub(r"\A\n", "", value) if isinstance(value, str) else value for name, value in pairs.items()}


def change_address(thing, screen="change"):
    """Return the address of one of the screens of `thing`."""
    return f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/{screen}/"


def opened(client, thing):
    """Return what the editing form of `thing` holds when it is opened."""
    response = client.get(change_address(thing))
    assert response.status_code == 200
    return fields_of(response)


def save(client, thing, fields=None, /, **changes):
    """Send the form of `thing` with `changes`; `fields` are those of a form opened before. Return the response."""
    values = {**(fields if fields is not None else opened(client, thing)), **changes}
    return client.post(change_address(thing), values)
