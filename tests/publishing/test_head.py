import pytest
from django.templatetags.static import static

from publishing.head import PageHead
from tests.factories import create_image


def test_title_names_the_page_then_the_hospital():
    assert PageHead(title="News").full_title == "News · Backus Hospital"
    assert PageHead(title="").full_title == "Backus Hospital, Norwich, Connecticut"


def test_canonical_address_has_the_sites_own_host(settings):
    settings.SITE_URL = "https://www.example.org"

    assert PageHead(title="News", path="/news/").canonical == "https://www.example.org/news/"
    assert PageHead(title="Not found").canonical is None


@pytest.mark.django_db
def test_shared_picture_is_the_pages_own_or_none(settings):
    settings.SITE_URL = "https://www.example.org"
    image = create_image()

    assert PageHead(title="News").image_address == f"https://www.example.org{static('img/share.png')}"
    assert PageHead(title="News", image=image).image_address == f"https://www.example.org{image.file.url}"


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/es/news/", "/news/"),
        ("/es/", "/"),
        ("/news/es/", "/news/es/"),
        ("/essays/", "/essays/"),
        ("/en/", "/en/"),
        ("/", "/"),
    ],
)
def test_canonical_address_of_a_page_not_yet_translated_is_the_english_one(settings, path, canonical):
    settings.SITE_URL = "https://www.example.org"

    assert PageHead(title="News", path=path).canonical == f"https://www.example.org{canonical}"
    assert PageHead(title="News", path=path, translated=True).canonical == f"https://www.example.org{path}"
