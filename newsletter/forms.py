from datetime import timedelta

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Subscriber
from .tasks import send_confirmation

# Somebody else may type your address again and again: one mail an hour is enough.
MAIL_AGAIN_AFTER = timedelta(hours=1)


class SubscribeForm(forms.Form):
    CONSENT = _("Send me health news by email. I can leave at any time by the link in each mail.")

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Type your email address, such as name@example.com."),
            "invalid": _(
                "This is not a complete email address. It needs an @ and an ending, such as name@example.com."
            ),
        },
    )
    # A field that people do not see; programs that fill every field give themselves away.
    website = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    @transaction.atomic
    def ask_for_confirmation(self):
        """Keep the address and mail it the link that confirms, unless it is confirmed or was mailed just now.

        The page answers alike in every case, so nobody can learn from it who reads the newsletter.
        """
        if self.cleaned_data["website"]:
            return
        now = timezone.now()
        email = self.cleaned_data["email"]
        subscriber, is_new = Subscriber.objects.select_for_update().get_or_create(
            email__iexact=email, defaults={"email": email, "asked_at": now, "consent": str(self.CONSENT)}
        )
        if not is_new:
            if subscriber.confirmed_at or subscriber.asked_at > now - MAIL_AGAIN_AFTER:
                return
            Subscriber.objects.filter(pk=subscriber.pk).update(asked_at=now, consent=str(self.CONSENT))
        transaction.on_commit(lambda: send_confirmation.enqueue(subscriber.pk))
