"""What the list of lay words says a word means."""

from search.lay_words import LayWords

LAY = LayWords([("operación", "es", ["surgery"]), ("operadora", "es", ["main phone number"])])


def said(words):
    return [meaning.said for meaning in LAY.of(words)]


def test_what_is_written_just_so_comes_before_what_has_the_same_stem():
    assert said(["operadora"]) == ["main phone number", "surgery"]
    assert said(["operacion"]) == ["surgery", "main phone number"]


def test_another_ending_of_a_word_means_what_the_word_means():
    assert set(said(["operaciones"])) == {"surgery", "main phone number"}


def test_a_word_that_is_not_in_the_list_means_nothing():
    assert said(["flores"]) == []
    assert said([]) == []
