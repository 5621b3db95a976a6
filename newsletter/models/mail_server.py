from django.db import models


class MailServer(models.Model):
    """How it stands with the server that takes our mailings: one row, which all workers share.

    `allowance` is how many mails may still be sent of what was allowed up to `counted_at`. `failures` is how often in
    a row the server itself failed; nothing is sent until `rests_until`, and `problem` and `failing_since` tell staff.
    """

    ONE = 1

    allowance = models.FloatField(default=0)
    counted_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="newsletter_one_mail_server")]

    def __str__(self):
        return self.problem or "-"
