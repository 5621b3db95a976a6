"""A text of an editor as the HTML of a mail: each element with its style, each link in full."""

from html import escape
from html.parser import HTMLParser

from django.utils.safestring import mark_safe

from .full_addresses import absolute_address
from .mail_css import CSS

VOID = {"br", "hr"}
KNOWN = {
    *("p", "br", "hr", "strong", "em", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
KEPT = {"ol": {"start", "type"}, "th": {"rowspan", "colspan"}, "td": {"rowspan", "colspan"}}


def mail_html(html, path="/"):
    """Return `html`, a text as RichTextField stores it, for a mail. Its links are those of the page at `path`."""
    writer = _Writer(path)
    writer.feed(html)
    writer.close()
    return mark_safe("".join(writer.pieces))  # noqa: S308  written anew, from known elements and escaped words


class _Writer(HTMLParser):
    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path = path
        self.pieces = []
        self.links = []  # for each open link whether it is written

    def handle_starttag(self, tag, attrs):
        if tag not in KNOWN:
            return
        values = {name: value or "" for name, value in attrs if name in KEPT.get(tag, ())}
        if tag == "a":
            href = absolute_address(dict(attrs).get("href") or "", self.path)
            self.links.append(bool(href))
            if not href:
                return
            values["href"] = href
        if tag in CSS:
            values["style"] = CSS[tag]
        told = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
        self.pieces.append(f"<{tag}{told}>")

    def handle_endtag(self, tag):
        if tag not in KNOWN or tag in VOID or (tag == "a" and not (self.links and self.links.pop())):
            return
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data):
        self.pieces.append(escape(data, quote=False))
