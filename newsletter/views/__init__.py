from .issues import issue, issue_list
from .one_click import one_click
from .signing import asked, confirm, leave, subscribe

__all__ = ["asked", "confirm", "issue", "issue_list", "leave", "one_click", "subscribe"]
