from .changing import change
from .confirming import confirm
from .issues import issue, issue_list
from .leaving import leave
from .one_click import one_click
from .preferring import preferences
from .signing import asked, subscribe
from .text_alerts import text_alert, text_alert_list

__all__ = [
    "asked",
    "change",
    "confirm",
    "issue",
    "issue_list",
    "leave",
    "one_click",
    "preferences",
    "subscribe",
    "text_alert",
    "text_alert_list",
]
