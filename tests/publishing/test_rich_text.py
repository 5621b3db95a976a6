import nh3
import pytest
from django.conf import settings
from django.forms import modelform_factory
from django.template import Context, Template
from django.templatetags.static import static
from hypothesis import given
from hypothesis import strategies as st

from news.models import Article
from publishing.rich_text import PASTE_MODULES, clean_rich_text
from tests.factories import create_article

HOSTILE = [
    pytest.param("<p>a</p><script>alert(1)</script>", "<p>a</p>", id="script"),
    pytest.param("<p>a</p><style>body{display:none}</style>", "<p>a</p>", id="style"),
    pytest.param('<p onclick="alert(1)">a</p>', "<p>a</p>", id="onclick"),
    pytest.param('<p><img src="x" onerror="alert(1)">a</p>', "<p>a</p>", id="onerror"),
    pytest.param('<p style="position:fixed" class="x" id="y">a</p>', "<p>a</p>", id="style-class-id"),
    pytest.param("<svg onload=alert(1)><circle></circle></svg><p>a</p>", "<p>a</p>", id="svg"),
    pytest.param('<iframe src="https://example.org"></iframe><p>a</p>', "<p>a</p>", id="iframe"),
    pytest.param('<form action="https://example.org"><input name="p"></form><p>a</p>', "<p>a</p>", id="form"),
    pytest.param("<p>a</p><!-- b -->", "<p>a</p>", id="comment"),
    pytest.param("<p>a<strong>b", "<p>a<strong>b</strong></p>", id="unclosed"),
    pytest.param("<h1>a</h1>", "a", id="second-title"),
    pytest.param("<p></p>", "", id="empty-paragraph"),
    pytest.param("", "", id="nothing"),
]
BAD_LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java&#9;script:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    "file:///etc/passwd",
]


@pytest.mark.parametrize(("html", "kept"), HOSTILE)
def test_cleaning_takes_out_what_the_editor_cannot_make(html, kept):
    assert clean_rich_text(html) == kept


@pytest.mark.parametrize("address", BAD_LINKS)
def test_cleaning_takes_out_links_that_run_something(address):
    assert clean_rich_text(f'<p><a href="{address}">a</a></p>') == '<p><a rel="noopener noreferrer">a</a></p>'


@pytest.mark.parametrize(
    "address", ["https://example.org/", "http://example.org/", "mailto:a@example.org", "tel:+18608898331", "/contact/"]
)
def test_cleaning_keeps_links_to_pages_mailboxes_and_phones(address):
    html = f'<p><a href="{address}" rel="noopener noreferrer">a</a></p>'

    assert clean_rich_text(html) == html


def test_cleaning_keeps_what_the_editor_makes():
    html = (
        "<h2>Café “Curly”</h2><p>a <strong>b</strong> <em>c</em><br>d</p><ul><li>e</li></ul>"
        '<ol start="3"><li>f</li></ol><blockquote><p>g</p></blockquote><hr>'
        '<table><tbody><tr><th colspan="2">h</th></tr><tr><td>i</td><td>j</td></tr></tbody></table>'
    )

    assert clean_rich_text(html) == html


@given(st.text(alphabet=st.sampled_from("<>/=\"' &;#abpsvgonimt!-\n"), max_size=60))
def test_cleaning_twice_changes_nothing_more(html):
    cleaned = clean_rich_text(html)

    assert clean_rich_text(cleaned) == cleaned
    assert "<script" not in cleaned
    assert nh3.clean(cleaned, link_rel=None) == cleaned


WAYS_IN = {
    "save": lambda html: create_article(body=html),
    "bulk_create": lambda html: Article.objects.bulk_create([Article(headline="a", slug="a", body=html)]),
    "update": lambda html: create_article() and Article.objects.update(body=html),
    "bulk_update": lambda html: _bulk_update(html),
    "full_clean": lambda html: _full_clean_and_save(html),
    "update_or_create": lambda html: Article.objects.update_or_create(
        slug="a", defaults={"headline": "a", "body": html}
    ),
}


def _bulk_update(html):
    article = create_article()
    article.body = html
    Article.objects.bulk_update([article], ["body"])


def _full_clean_and_save(html):
    article = Article(headline="a", slug="a", body=html)
    article.full_clean()
    assert article.body == "<p>a</p>"
    article.save()


@pytest.mark.django_db
@pytest.mark.parametrize("way_in", WAYS_IN.values(), ids=WAYS_IN.keys())
def test_text_is_clean_whichever_way_it_came_in(way_in):
    way_in('<p onclick="alert(1)">a</p><script>alert(2)</script>')

    assert Article.objects.get().body == "<p>a</p>"


@pytest.mark.django_db
def test_a_template_prints_what_is_stored_and_escapes_what_is_not():
    template = Template("{{ article.body }}")
    article = create_article(body="<p>a</p><script>alert(1)</script>")

    assert template.render(Context({"article": article})) == (
        "&lt;p&gt;a&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    )
    article.refresh_from_db()
    assert template.render(Context({"article": article})) == "<p>a</p>"


@pytest.mark.django_db
def test_a_text_of_nothing_but_markup_counts_as_empty():
    article = create_article(body="<p></p>")

    article.refresh_from_db()

    assert article.body == ""


@pytest.mark.django_db
def test_form_gives_a_sign_of_less_than_back_as_it_was():
    article = Article.objects.get(pk=create_article(body="<p>under &lt;5 years</p>").pk)

    form = modelform_factory(Article, fields=["body"])(instance=article)

    assert "&lt;p&gt;under &amp;lt;5 years&lt;/p&gt;" in str(form["body"])


def test_the_text_box_knows_the_modules_that_clean_what_is_pasted():
    media = str(modelform_factory(Article, fields=["body"])().media)

    for name in PASTE_MODULES:
        assert f'"pasted/{name}": "{static(f"js/admin/pasted/{name}.js")}"' in media


def test_every_module_that_cleans_what_is_pasted_is_named():
    folder = settings.BASE_DIR / "static" / "js" / "admin" / "pasted"

    assert sorted(path.stem for path in folder.iterdir()) == sorted(PASTE_MODULES)
