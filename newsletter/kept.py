"""All that the site keeps of one subscriber, for somebody who asks what that is."""

from .mail_addresses import readable


def all_kept(subscriber):
    """Return it as a dict of what JSON can hold; instants are ISO 8601 in UTC, None where there is none."""
    return {
        "email": readable(subscriber.email),
        "language": subscriber.language,
        "asked_at": _instant(subscriber.asked_at),
        "last_mail_about_signing_up_at": _instant(subscriber.mailed_at),
        "mailing_lists": [
            {
                "name": each.mailing_list.name,
                "asked_at": _instant(each.asked_at),
                "confirmed_at": _instant(each.confirmed_at),
            }
            for each in subscriber.subscriptions.select_related("mailing_list")
        ],
        "consents": [
            {
                "wording": each.wording,
                "lists": each.lists.splitlines(),
                "page": each.page,
                "asked_at": _instant(each.asked_at),
                "confirmed_at": _instant(each.confirmed_at),
                "code_of_network_address": each.sender,
            }
            for each in subscriber.consents.all()
        ],
        "new_addresses": [
            {"email": readable(each.email), "asked_at": _instant(each.asked_at)}
            for each in subscriber.address_changes.all()
        ],
        "mails": [
            {
                "subject": each.mailing.subject,
                "state": each.state,
                "sent_at": _instant(each.sent_at),
                "problem": each.problem,
            }
            for each in subscriber.deliveries.select_related("mailing").order_by("pk")
        ],
        "mails_that_came_back": [
            {"at": _instant(each.at), "details": each.details} for each in subscriber.soft_bounces.all()
        ],
    }


def _instant(at):
    return at and at.isoformat()
