"""What an editor decides about a number in a text: whose it is, or that it stays as it is."""

from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Contact, ContactNumber, NumberMention
from ..phones import displayed_value
from .keeping import keep_rows
from .naming import Holders
from .tasks import follow_numbers

State = NumberMention.State
Decision = NumberMention.Decision
LEAVE, BY_THE_WORDS = "leave", "words"


@dataclass(frozen=True)
class Choice:
    """One of the contacts whose number it may be; `former` where its number is another one today."""

    number: ContactNumber
    former: bool

    @property
    def key(self):
        return f"number-{self.number.pk}"

    def __str__(self):
        values = {
            "contact": self.number.contact,
            "kind": self.number.get_kind_display(),
            "number": self.number.displayed,
        }
        if self.former:
            return _("%(contact)s, whose number it was: write %(number)s in its place") % values
        return _("%(contact)s (%(kind)s)") % values


def choices_for(mention):
    """Return the Choices of an editor: all live contacts that have its number or had it."""
    holders = Holders({mention.value})
    now, formerly = holders.now(mention.value), holders.formerly(mention.value)
    numbers = ContactNumber.objects.select_related("contact").in_bulk([each.pk for each in (*now, *formerly)])
    return [Choice(numbers[each.pk], former) for group, former in ((now, False), (formerly, True)) for each in group]


def alike(mention):
    """Return the other mentions of the same number that wait for a decision."""
    open_ones = NumberMention.objects.filter(value=mention.value, state=mention.state, decision="")
    return open_ones.exclude(pk=mention.pk)


class DecisionForm(forms.Form):
    """Whose the number is. `seen` is what the editor looked at: a text may have changed since."""

    choice = forms.ChoiceField(label=gettext_lazy("Whose number is it?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Needed where it stays as it is: “a fax of our partner”, “an account number”."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    everywhere = forms.BooleanField(required=False)

    def __init__(self, *args, mention, **kwargs):
        super().__init__(*args, **kwargs)
        self.mention = mention
        self.choices = choices_for(mention)
        self.others = alike(mention).count()
        choices = [(choice.key, str(choice)) for choice in self.choices]
        choices.append((LEAVE, _("Leave it as it is, for the reason below")))
        if mention.decision:
            choices.append((BY_THE_WORDS, _("Take the decision back: let the words beside it tell")))
        self.fields["choice"].choices = choices
        if mention.decision == Decision.LEFT:
            self.fields["choice"].initial, self.fields["reason"].initial = LEAVE, mention.reason
        elif mention.number_id:
            self.fields["choice"].initial = f"number-{mention.number_id}"
        self.fields["everywhere"].label = _("The same for all others of this number that wait (%(count)d)") % {
            "count": self.others
        }

    def clean_reason(self):
        return "".join(char if char.isprintable() else " " for char in self.cleaned_data["reason"]).strip()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("choice") == LEAVE and not cleaned.get("reason"):
            self.add_error("reason", _("Say why, for those who meet it after you."))
        return cleaned

    def decide(self, user):
        """Keep the decision of `user`; return how many mentions it is about. A text that is to follow follows soon."""
        cleaned = self.cleaned_data
        keys = [self.mention.pk]
        if cleaned["everywhere"]:
            keys += alike(self.mention).values_list("pk", flat=True)
        return decide(keys, cleaned["choice"], reason=cleaned["reason"], user=user)


@transaction.atomic
def decide(keys, choice, *, reason, user):
    """Keep `choice` (LEAVE, BY_THE_WORDS or the key of a Choice) for the mentions `keys`; return how many those are."""
    mentions = NumberMention.objects.filter(pk__in=keys)
    if choice == LEAVE:
        return mentions.update(decision=Decision.LEFT, reason=reason, decided_by=user, number=None)
    if choice == BY_THE_WORDS:
        count = mentions.update(decision="", reason="", decided_by=None, number=None)
        keep_rows(mentions, holders=Holders(set(mentions.values_list("value", flat=True))))
        return count
    number = ContactNumber.objects.get(pk=choice.removeprefix("number-"), contact__in=Contact.objects.published())
    count = mentions.update(
        decision=Decision.CHOSEN, reason=reason, decided_by=user, number=number, state=State.MATCHED
    )
    if mentions.exclude(value=number.value).exists():
        transaction.on_commit(lambda: follow_numbers.enqueue([number.pk]))
    return count


def told(mention):
    """Return in a sentence what is known of the number."""
    if mention.decision == Decision.LEFT:
        return _("It stays as it is: %(reason)s") % {"reason": mention.reason}
    if mention.number and mention.number.value != mention.value:
        return _("It is about to become %(number)s.") % {"number": mention.number.displayed}
    return {
        State.MATCHED: _("It is the number of %(contact)s.") % {"contact": mention.number and mention.number.contact},
        State.UNDECIDED: _("Several contacts share it, and the text does not say which is meant."),
        State.UNKNOWN: _("No live contact of the directory has this number."),
        State.GENERAL: _(
            "It is known without a contact of its own: an emergency number, a switchboard, or the main number."
        ),
    }[State(mention.state)] + (f" ({displayed_value(mention.value)})" if mention.state == State.UNKNOWN else "")
