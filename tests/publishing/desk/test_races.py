"""Several people and workers at the same moment, each with a connection of his own."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from news.models import Article
from pages.models import Block
from publishing import drafting, history
from publishing.models import Draft, SetAside
from publishing.snapshots import take
from tests.factories import create_article, create_block, create_page, create_superuser
from tests.publishing.desk.forms import change_address, opened, save

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.several_writers,
]


def at_once(*deeds):
    """Do all `deeds` at the same moment, each in a thread; return what each returned or raised."""
    start, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def do(number, deed):
        try:
            start.wait()
            results[number] = deed()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def signed_in():
    client = Client()
    client.force_login(create_superuser())
    return client


@pytest.mark.parametrize("live", [True, False])
def test_of_two_who_save_at_once_one_is_asked(live):
    article = create_article(headline="Old", **({} if live else {"published_at": None}))
    for turn in range(4):
        Draft.objects.all().delete()
        anna, ben = signed_in(), signed_in()
        sees = [opened(client, article) for client in (anna, ben)]

        answers = at_once(
            lambda a=anna, s=sees[0], t=turn: save(a, article, s, headline=f"Anna {t}"),
            lambda b=ben, s=sees[1], t=turn: save(b, article, s, headline=f"Ben {t}"),
        )

        assert [answer.status_code for answer in answers] == [302, 302]
        assert ["/merge/" in answer["Location"] for answer in answers].count(True) == 1
        assert SetAside.objects.count() == turn + 1
        told = {version.object_repr for version in history.revisions_of(Article, article.pk)}
        assert {f"Anna {turn}", f"Ben {turn}"} <= told


def test_history_of_a_thing_is_begun_once():
    for _turn in range(4):
        article = create_article()

        heads = at_once(*[lambda a=article: history.begin(a)] * 4)

        assert len({head.pk for head in heads}) == 1


def test_change_that_is_due_and_a_save_do_not_wait_for_each_other():
    client = signed_in()
    for turn in range(4):
        article = create_article(headline="Old")
        save(client, article, headline="Due")
        now = timezone.now()
        Draft.objects.about(article).update(publish_at=now)  # not those of the turns before
        fields = opened(client, article)

        published, saved = at_once(
            lambda n=now: drafting.publish_due(n),
            lambda a=article, f=fields, t=turn: save(client, a, f, summary=f"Later {t}"),
        )

        assert saved.status_code == 302
        assert published in ([], [article])
        live = Article.objects.get(pk=article.pk)
        assert (live.headline, live.summary) == (("Due" if published else "Old"), "")
        assert SetAside.objects.about(article).exists() or Draft.objects.about(article).get().publish_at is None


def test_two_workers_publish_a_change_once():
    client = signed_in()
    article = create_article(headline="Old")
    save(client, article, headline="Due")
    now = timezone.now()
    Draft.objects.update(publish_at=now)

    answers = at_once(*[lambda: drafting.publish_due(now)] * 3)

    assert sorted(map(len, answers)) == [0, 0, 1]
    deeds = [version.revision.note.deed for version in history.revisions_of(Article, article.pk)]
    assert deeds == ["published", "draft", "found"]


def test_save_of_what_is_deleted_at_the_same_moment_is_told_and_nothing_is_half_there():
    client, other = signed_in(), signed_in()
    for _turn in range(4):
        article = create_article(headline="Old")
        fields = opened(client, article)

        saved, deleted = at_once(
            lambda a=article, f=fields: save(client, a, f, headline="New"),
            lambda a=article: other.post(change_address(a, "delete"), {"post": "yes"}),
        )

        assert (saved.status_code, deleted.status_code) == (302, 302)
        assert not Article.objects.filter(pk=article.pk).exists()
        assert not Draft.objects.exists()


def test_recovered_twice_at_once_is_there_once():
    user = create_superuser()
    parking = create_page(path="parking")
    create_block(page=parking, kind=Block.Kind.TEXT, text="<p>Here.</p>")
    key = parking.pk
    drafting.delete(parking, user=user)
    version = history.deleted(type(parking)).get()

    answers = at_once(*[lambda: drafting.recover(type(parking), key, version.revision, user=user)] * 3)

    assert [isinstance(answer, Exception) for answer in answers].count(False) == 1
    assert len(take(type(parking).objects.get()).parts) == 1
    assert Draft.objects.count() == 1
