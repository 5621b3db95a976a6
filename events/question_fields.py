"""The questions of an event as fields of a form, and what was answered as a list that is stored."""

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.one_line import OneLineField

from .models import Question

LONGEST = 200
REQUIRED = _("Please answer this question.")
YES, NO = "yes", "no"


def field_name(question):
    return f"question_{question.pk}"


def field_of(question):
    """Return a form field for `question`."""
    common = {
        "label": question.text,
        "required": question.required,
        "error_messages": {"required": REQUIRED, "invalid_choice": _("Choose one of the answers.")},
    }
    if question.kind == Question.Kind.YES_NO:
        return forms.ChoiceField(choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect, **common)
    if question.kind == Question.Kind.CHOICE:
        choices = [("", _("Choose")), *((choice, choice) for choice in question.choice_list)]
        return forms.ChoiceField(choices=choices, **common)
    if question.kind == Question.Kind.NUMBER:
        field = forms.IntegerField(min_value=0, max_value=1_000_000, **common)
        field.error_messages["invalid"] = _("Type a number in digits, such as 3.")
        return field
    field = OneLineField(max_length=LONGEST, **common)
    field.error_messages["max_length"] = _("Use at most 200 characters.")
    return field


def answers_of(questions, cleaned):
    """Return what was answered as a list of {"question": text, "answer": text}, without what was left empty."""
    found = []
    for question in questions:
        value = cleaned.get(field_name(question))
        if value is None or value == "":
            continue
        if question.kind == Question.Kind.YES_NO:
            value = str(_("Yes") if value == YES else _("No"))
        found.append({"question": question.text, "answer": str(value)})
    return found


def initial_of(questions, answers):
    """Return what the fields of `questions` hold where `answers`, as they are stored, were given before."""
    given = {each["question"]: each["answer"] for each in answers}
    initial = {}
    for question in questions:
        answer = given.get(question.text)
        if answer is not None and question.kind == Question.Kind.YES_NO:
            answer = YES if answer in (str(_("Yes")), "Yes") else NO
        initial[field_name(question)] = answer
    return initial
