"""Who may say what of a department."""

from dataclasses import dataclass

DECIDE = "ertimes.change_waittimereading"  # what becomes of held readings; nobody may change one otherwise


@dataclass(frozen=True)
class Rights:
    """What `user` may say: a wait, a status, what becomes of held readings."""

    wait: bool
    status: bool
    held: bool

    @classmethod
    def of(cls, user):
        may = user.has_perm
        return cls(
            wait=may("ertimes.add_waittimereading"),
            status=may("ertimes.change_emergencydepartment"),
            held=may(DECIDE),
        )

    @property
    def any(self):
        return self.wait or self.status or self.held
