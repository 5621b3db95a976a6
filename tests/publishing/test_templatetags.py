from django.template import Context, Template


def render(source, **context):
    return Template("{% load publishing %}" + source).render(Context(context))


def test_json_ld_tag_cannot_be_left():
    assert render("{% json_ld data %}", data={"name": "</script>"}) == (
        '{"@context":"https://schema.org","name":"\\u003c/script\\u003e"}'
    )
