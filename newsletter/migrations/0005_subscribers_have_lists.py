from django.db import migrations

PART = 1000


def give_lists(apps, schema_editor):
    """Make of what each subscriber asked for, which was the one newsletter there was, a subscription and a consent.

    A site without subscribers gets no list: its editors name their own.
    """
    MailingList = apps.get_model("newsletter", "MailingList")
    Subscriber = apps.get_model("newsletter", "Subscriber")
    Subscription = apps.get_model("newsletter", "Subscription")
    Consent = apps.get_model("newsletter", "Consent")
    without = Subscriber.objects.filter(subscriptions=None)
    if not without.exists():
        return
    health_news, _made = MailingList.objects.get_or_create(
        slug="health-news", defaults={"name": "Health news", "description": "Health news from the hospital."}
    )
    while part := list(without[:PART]):
        same = [{"subscriber": each, "asked_at": each.asked_at, "confirmed_at": each.confirmed_at} for each in part]
        Consent.objects.bulk_create(
            [
                Consent(**values, wording=each.consent, lists=health_news.name, page="/newsletter/")
                for each, values in zip(part, same, strict=True)
            ]
        )
        Subscription.objects.bulk_create([Subscription(**values, mailing_list=health_news) for values in same])


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0004_signing_up_and_text_alerts")]

    operations = [migrations.RunPython(give_lists, migrations.RunPython.noop)]
