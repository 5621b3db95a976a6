from django.db import models


class Word(models.Model):
    """A word, folded but not stemmed, that stands in a name or a summary: what a typing error is compared with."""

    word = models.CharField(max_length=40, primary_key=True)
    things = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.word


class Stamp(models.Model):
    """What each process keeps in memory, and whether that is still so: a new `value` says read it again."""

    name = models.CharField(max_length=20, primary_key=True)
    value = models.CharField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name
