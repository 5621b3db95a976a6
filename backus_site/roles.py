"""Who may do what: one line a role and model. `manage.py ensure_roles` makes groups of it.

The rights are Django's own (view, add, change, delete), and publish, which also takes down. A role that may
change but not publish writes drafts and hands them in for review.
"""

LOOK = "view"
WRITE = "view add change"
EDIT = "view add change delete"
RUN = "view add change delete publish"
REVIEW = "view publish"

_BLOCKS = [
    *("pages.textblock", "pages.pictureblock", "pages.figureblock", "pages.storyblock", "pages.videoblock"),
    "pages.documentblock",
    *("pages.promotionblock", "pages.careoptionblock", "pages.newsblock", "pages.eventsblock", "pages.sectionblock"),
]

_POST_BLOCKS = [
    *("news.textblock", "news.pictureblock", "news.galleryblock", "news.quoteblock", "news.videoblock"),
    *("news.documentblock", "news.factsblock", "news.relatedblock", "news.contactblock"),
]
# What a post points at.
_POINTED_AT = ["directory.contact", "directory.location", "directory.person", "directory.service"]

_HOURS = ["directory.weeklyhours", "directory.specialhours"]

_SEARCH = {
    "search.layword": EDIT,
    "search.bestbet": EDIT,
    "search.missedsearch": "view change",
}

NEWS = {
    **_SEARCH,
    "news.article": RUN,
    **dict.fromkeys(_POST_BLOCKS, EDIT),
    "news.cafemenu": RUN,
    "news.cafedish": EDIT,
    "news.topic": EDIT,
    **dict.fromkeys(_POINTED_AT, LOOK),
    "pages.promotion": RUN,
    "publishing.image": EDIT,
    "publishing.document": EDIT,
    "publishing.video": RUN,
    "newsletter.mailing": "view change",
}
_MAIL_BLOCKS = [
    *("newsletter.textblock", "newsletter.pictureblock", "newsletter.postblock", "newsletter.postsblock"),
    *("newsletter.eventblock", "newsletter.eventsblock", "newsletter.linkblock"),
]
NEWSLETTERS = {
    "newsletter.issue": RUN,
    **dict.fromkeys(_MAIL_BLOCKS, EDIT),
    "newsletter.digest": EDIT,
}
_EVENT_PARTS = ["events.question", "events.topic", "events.audience"]

EVENTS = {
    "events.event": RUN,
    **dict.fromkeys(_EVENT_PARTS, EDIT),
    "events.eventdate": "view change",
    "events.registration": "view add change delete export",
    **dict.fromkeys(["directory.location", "directory.service"], LOOK),
    "directory.contact": LOOK,
    "publishing.image": WRITE,
    "publishing.document": WRITE,
}
DIRECTORY = {
    **_SEARCH,
    "directory.section": EDIT,
    "directory.contact": RUN,
    "directory.contactnumber": EDIT,
    "directory.numbermention": "view change",
    "directory.conflictdecision": "view change",
    "directory.numbercheck": "view add",
    "directory.location": RUN,
    **dict.fromkeys([*_HOURS, "directory.holiday", "directory.locationphoto", "directory.offering"], EDIT),
    "directory.person": RUN,
    "directory.service": RUN,
    "publishing.image": WRITE,
    "publishing.document": WRITE,
}
EMERGENCY = {
    "ertimes.emergencydepartment": "view change publish",
    "ertimes.waittimereading": "view add change",
    "ertimes.arrivalnotice": "view change",
    "directory.location": LOOK,
    "directory.contact": LOOK,
}
PAGES = {
    "pages.page": RUN,
    **dict.fromkeys(_BLOCKS, EDIT),
    "pages.sitealert": RUN,
    "pages.promotion": RUN,
    "pages.menuitem": EDIT,
}

ROLES = {
    "News author": {
        "news.article": WRITE,
        **dict.fromkeys(_POST_BLOCKS, EDIT),
        "news.topic": LOOK,
        **dict.fromkeys(_POINTED_AT, LOOK),
        "publishing.video": LOOK,
        "publishing.image": "view add",
        "publishing.document": "view add",
    },
    "News editor": {**NEWS, **NEWSLETTERS, "events.event": LOOK, "events.topic": LOOK},
    "Events coordinator": EVENTS,
    "Directory maintainer": DIRECTORY,
    "ED charge nurse": EMERGENCY,
    "Reviewer": {
        "news.article": REVIEW,
        **dict.fromkeys(_POST_BLOCKS, LOOK),
        "news.cafemenu": REVIEW,
        "news.cafedish": LOOK,
        "events.event": REVIEW,
        **dict.fromkeys(_EVENT_PARTS, LOOK),
        "directory.contact": REVIEW,
        "directory.location": REVIEW,
        **dict.fromkeys(_HOURS, LOOK),
        "directory.person": REVIEW,
        "directory.service": REVIEW,
        "newsletter.issue": REVIEW,
        "newsletter.mailing": LOOK,
        **dict.fromkeys(_MAIL_BLOCKS, LOOK),
        "pages.page": REVIEW,
        **dict.fromkeys(_BLOCKS, LOOK),
        "pages.promotion": REVIEW,
        "pages.sitealert": REVIEW,
        "publishing.video": REVIEW,
        **dict.fromkeys(_SEARCH, LOOK),
        "publishing.image": LOOK,
        "publishing.document": LOOK,
    },
    "Audit viewer": {
        "publishing.auditentry": LOOK,
    },
    "Site administrator": {
        **EVENTS,
        **EMERGENCY,
        **DIRECTORY,
        **NEWS,
        **NEWSLETTERS,
        **PAGES,
        **dict.fromkeys(_POINTED_AT, RUN),
        "ertimes.emergencydepartment": RUN,
        "ertimes.waittimereading": EDIT,
        "ertimes.arrivalnotice": "view change delete",
        "ertimes.feedkey": "view add change",
        "newsletter.subscriber": "view delete",
        "newsletter.mailinglist": EDIT,
        "newsletter.suppression": "view add",
        "newsletter.textalert": RUN,
        "newsletter.unreadmessage": LOOK,
        "search.entry": LOOK,
        "publishing.redirect": EDIT,
        "publishing.missingaddress": "view change delete",
        "publishing.auditentry": LOOK,
        "auth.user": EDIT,
        "auth.group": EDIT,
    },
}


def rights_of(role):
    """Return the rights of `role`, one of ROLES, as a set of (app, codename): ("news", "change_article")."""
    rights = set()
    for model, actions in ROLES[role].items():
        app, name = model.split(".")
        rights |= {(app, f"{action}_{name}") for action in actions.split()}
    return rights
