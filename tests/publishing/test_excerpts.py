import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.excerpts import excerpt


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        pytest.param("", 20, "", id="nothing"),
        pytest.param("   ", 20, "", id="only-spaces"),
        pytest.param("Short enough.", 20, "Short enough.", id="whole"),
        pytest.param("Exactly twenty marks", 20, "Exactly twenty marks", id="exactly-the-limit"),
        pytest.param("One two three four 12", 20, "One two three four…", id="one-more-than-the-limit"),
        pytest.param("A first sentence. And a second one.", 24, "A first sentence.", id="at-a-sentence"),
        pytest.param("Is it open? Nobody knows this yet.", 20, "Is it open?", id="at-a-question"),
        pytest.param("Yes. A long sentence follows here.", 24, "Yes. A long sentence…", id="sentence-too-early"),
        pytest.param("One two three four five six", 14, "One two three…", id="at-a-word"),
        pytest.param("One two, three four", 9, "One two…", id="no-comma-before-the-dots"),
        pytest.param("Antidisestablishmentarianism", 10, "Antidises…", id="one-endless-word"),
        pytest.param("<p>One.</p><p>Two.</p>", 50, "One. Two.", id="paragraphs-do-not-stick-together"),
        pytest.param("<ul><li>One</li><li>Two</li></ul>", 50, "One Two", id="list-items-do-not-stick-together"),
        pytest.param("<p>One<br>two</p>", 50, "One two", id="lines-do-not-stick-together"),
        pytest.param("<p>A <strong>bold</strong>er word</p>", 50, "A bolder word", id="bold-inside-a-word"),
        pytest.param("<p>Food &amp; drink&nbsp;here</p>", 50, "Food & drink here", id="entities"),
        pytest.param("<p>Write &amp;lt; for &lt;</p>", 50, "Write &lt; for <", id="an-entity-written-out"),
        pytest.param("<p>5 &lt; 6</p>", 50, "5 < 6", id="less-than"),
        pytest.param("She said “Come in.” Then we went.", 24, "She said “Come in.”", id="closing-quote-is-kept"),
        pytest.param("Ask for Dr. William Horgan at the desk.", 22, "Ask for Dr. William…", id="a-doctor-ends-nothing"),
        pytest.param("The “Café” – open – and more words", 19, "The “Café” – open…", id="no-dash-before-the-dots"),
    ],
)
def test_excerpt_ends_where_a_reader_would_end(text, limit, shown):
    assert excerpt(text, limit) == shown


@given(text=st.text(max_size=400), limit=st.integers(10, 200))
def test_excerpt_is_never_longer_than_asked(text, limit):
    shown = excerpt(text.replace("<", ""), limit)

    assert len(shown) <= limit
    assert "[...]" not in shown or "[...]" in text


words = st.lists(st.text(alphabet="abcdefghé’", min_size=1, max_size=9), min_size=1, max_size=60)


@given(words=words, limit=st.integers(12, 120), end=st.sampled_from(["", ".", "!"]))
def test_excerpt_never_ends_inside_a_word(words, limit, end):
    text = " ".join(words) + end

    shown = excerpt(text, limit)

    whole = shown.removesuffix("…").split()
    assert whole == text.split()[: len(whole)]
