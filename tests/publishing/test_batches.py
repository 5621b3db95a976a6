"""Long lists go to the database in parts."""

import pytest

from publishing.batches import batches


@pytest.mark.parametrize(
    ("things", "parts"),
    [
        ([], []),
        ([1], [[1]]),
        ([1, 2], [[1, 2]]),
        ([1, 2, 3, 4, 5], [[1, 2], [3, 4], [5]]),
    ],
)
def test_every_thing_is_in_one_part(things, parts):
    assert list(batches(things, 2)) == parts
