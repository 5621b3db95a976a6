from .arrival_notice import ArrivalNotice
from .concern import Concern
from .department import EmergencyDepartment
from .feed_key import FeedKey, TakenEvent
from .hourly import HourlyAccuracy, HourlyWait
from .reading import LONGEST_WAIT, ReadingState, Source, WaitTimeReading
from .visit import Visit

__all__ = [
    "LONGEST_WAIT",
    "ArrivalNotice",
    "Concern",
    "EmergencyDepartment",
    "FeedKey",
    "HourlyAccuracy",
    "HourlyWait",
    "ReadingState",
    "Source",
    "TakenEvent",
    "Visit",
    "WaitTimeReading",
]
