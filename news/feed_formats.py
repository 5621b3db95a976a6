"""Atom and RSS with what Django's own generators leave out: full text, several writers, the language, the picture.

An item has, besides what they know: `content` (HTML), `language`, `writers` (pairs of name and address or None) and
`picture` (an Enclosure or None).
"""

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed


class Atom(Atom1Feed):
    """RFC 4287."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name, address in item["writers"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            if address:
                handler.addQuickElement("uri", address)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


class Rss(Rss201rev2Feed):
    """RSS 2.0 with the modules that readers know: content, Dublin Core, media."""

    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name, _address in item["writers"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("dc:language", item["language"])
        handler.addQuickElement("content:encoded", item["content"])
        picture = item["picture"]
        if picture:
            attributes = {"url": picture.url, "type": picture.mime_type, "medium": "image"}
            handler.startElement("media:content", attributes)
            if picture.told:
                handler.addQuickElement("media:description", picture.told)
            handler.endElement("media:content")
