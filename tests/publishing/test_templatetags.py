from django.template import Context, Template


def render(source, **context):
    return Template("{% load publishing %}" + source).render(Context(context))


def test_excerpt_filter_escapes_what_was_written_out():
    assert render("{{ text|excerpt:40 }}", text="<p>Never use &lt;script&gt; here</p>") == (
        "Never use &lt;script&gt; here"
    )


def test_excerpt_filter_takes_none_for_nothing():
    assert render("{{ text|excerpt }}", text=None) == ""


def test_json_ld_tag_cannot_be_left():
    assert render("{% json_ld data %}", data={"name": "</script>"}) == (
        '{"@context":"https://schema.org","name":"\\u003c/script\\u003e"}'
    )
