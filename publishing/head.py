"""What a page says of itself to search engines, shared links and assistive software."""

from dataclasses import dataclass, field

from django.conf import settings
from django.templatetags.static import static


@dataclass(frozen=True)
class PageHead:
    """Title, description and structured data of one page.

    `path` is the address without query, from which the canonical one is made; None leaves it out,
    as on an error page. Unless the page is `translated`, its canonical address is the one in the
    site's own language: /es/news/ shows the same English page as /news/. `image` is an Image or None
    (then the site's own share picture is used).
    `json_ld` is a list of dicts in schema.org's terms, without "@context".
    """

    title: str
    description: str = ""
    path: str | None = None
    og_type: str = "website"
    image: object = None
    json_ld: list = field(default_factory=list)
    indexed: bool = True
    translated: bool = False

    @property
    def full_title(self):
        """Return the text of the title element: the page, then the hospital."""
        return f"{self.title} · {settings.SITE_NAME}" if self.title else f"{settings.SITE_NAME}, {settings.SITE_PLACE}"

    @property
    def canonical(self):
        """Return the page's one true address, with host, or None."""
        if self.path is None:
            return None
        return absolute(self.path if self.translated else _without_language(self.path))

    @property
    def image_address(self):
        """Return the address of the picture that shared links show, with host; the site's own where there is none."""
        return absolute(self.image.file.url if self.image else static("img/share.png"))


def _without_language(path):
    first, _, rest = path.removeprefix("/").partition("/")
    is_prefix = first != settings.LANGUAGE_CODE and first in dict(settings.LANGUAGES)
    return f"/{rest}" if is_prefix else path


def absolute(path):
    """Return `path` as an address with the site's own scheme and host."""
    return f"{settings.SITE_URL}{path}"
