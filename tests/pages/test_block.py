import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pages.models import BLOCK_TYPES, Block, Promotion, SiteAlert, TextBlock
from tests.factories import create_block, create_page

pytestmark = pytest.mark.django_db

INCOMPLETE = [("Read on", ""), ("", "/contact/")]
NEEDS_BOTH = "A link needs both its text and its address."


@pytest.mark.parametrize("block_type", BLOCK_TYPES)
def test_a_block_asks_for_what_its_kind_needs(block_type):
    block = block_type(parent=create_page(), region="main", ordering=10)

    with pytest.raises(ValidationError) as refused:
        block.full_clean()

    assert refused.value.message_dict == {name: ["This block needs it."] for name in block_type.REQUIRED}
    assert set(block_type.REQUIRED) <= set(block_type.FIELDS)


@pytest.mark.parametrize("block_type", BLOCK_TYPES)
def test_a_kind_finds_its_own_blocks_only(block_type):
    page = create_page()
    for kind in Block.Kind:
        create_block(page=page, kind=kind)

    assert [block.kind for block in block_type.objects.all()] == [block_type.KIND]
    assert Block.objects.count() == len(Block.Kind) == len(BLOCK_TYPES)


@pytest.mark.parametrize(("label", "address"), INCOMPLETE)
@pytest.mark.parametrize(
    "build",
    [
        lambda **link: TextBlock(parent=create_page(), region="main", ordering=1, text="<p>a</p>", **link),
        lambda **link: Promotion(title="a", text="<p>a</p>", **link),
        lambda **link: SiteAlert(heading="a", **link),
    ],
    ids=["block", "promotion", "alert"],
)
def test_a_link_has_both_its_text_and_its_address(build, label, address):
    thing = build(link_label=label, link_address=address)

    with pytest.raises(ValidationError) as refused:
        thing.full_clean()

    assert refused.value.messages == [NEEDS_BOTH]
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()


@pytest.mark.parametrize("count", [0, 13])
def test_a_list_on_a_page_is_short(count):
    block = TextBlock(parent=create_page(), region="main", ordering=1, text="<p>a</p>", count=count)

    with pytest.raises(ValidationError) as refused:
        block.full_clean()

    assert list(refused.value.message_dict) == ["count"]


def test_a_block_is_named_by_what_it_shows():
    assert str(TextBlock(heading="Words")) == "Words"
    assert str(TextBlock(value="23,000")) == "23,000"
    assert str(TextBlock()) == "Text"
