"""What the editing form tells of the thing, from its state to whose turn it is, and the frame of its screens."""

from dataclasses import dataclass, field

from django.template.response import TemplateResponse

from .. import drafting, history
from ..models import Draft, ReviewNote, RevisionNote, SetAside, State
from . import people


@dataclass
class Submission:
    """What a posted form came to. `content` is its Snapshot, None where the form had errors."""

    instance: object = None
    content: object = None
    care: dict | None = None
    log: object = ""


@dataclass(frozen=True)
class Desk:
    """`thing` is None on the form that adds one. `base` is the id of the revision shown, "0" for none yet.

    `care` is what `care_of` gave when the form was opened, joined by commas.
    """

    admin: object
    thing: object = None
    state: State = State.DRAFT
    draft: Draft | None = None
    base: str = "0"
    care: str = ""
    key: str = ""
    notes: list = field(default_factory=list)
    set_aside: list = field(default_factory=list)
    may_publish: bool = False
    beside: bool = False
    restored: bool = False

    @classmethod
    def for_form(cls, admin, request, thing):
        """Return the Desk of the form that shows `thing` to the one who asks."""
        key = key_of(admin, request, thing)
        may_publish, restored = admin.has_publish_permission(request), "_restore" in request.POST
        if thing is None:
            return cls(admin, key=key, may_publish=may_publish, restored=restored)
        draft = drafting.draft_of(thing)
        stored = type(thing)._base_manager.get(pk=thing.pk)
        if request.method == "POST":
            base, care = request.POST.get("_base", "0"), request.POST.get("_care", "")
        else:
            base, care = history.number_of_head(thing), ",".join(care_of(stored).values())
        stored.has_draft = draft is not None
        return cls(
            admin,
            stored,
            stored.state_at(),
            draft,
            base,
            care,
            key,
            _notes_on(thing, draft),
            list(SetAside.objects.about(thing).filter(author=request.user)),
            may_publish,
            admin.drafts_beside and drafting.works_beside(stored),
            restored,
        )

    @property
    def saved_by(self):
        return people.name_of(self.draft.saved_by)

    @property
    def is_public(self):
        """Return whether visitors see it now."""
        return self.state in (State.LIVE, State.CHANGED)

    @property
    def seen_at_once(self):
        """Return whether visitors see a save of this form at once: it is public, and its kind has no drafts beside."""
        return self.thing is not None and self.thing.published_at is not None and not self.admin.drafts_beside

    def address(self, screen, *args):
        return self.admin.address(self.thing, screen, *args)


def _notes_on(thing, draft):
    """Return the last ReviewNotes on `draft`, the newest first: not those on what has been published since.

    An approval is told only while it holds: a save takes it back.
    """
    if draft is None:
        return []
    notes = ReviewNote.objects.about(thing).select_related("author").order_by("-at")
    published = history.revisions_of(type(thing), thing.pk).filter(revision__note__deed=RevisionNote.Deed.PUBLISHED)
    last = published.first()
    if last is not None:
        notes = notes.filter(at__gt=last.revision.date_created)
    if draft.review != Draft.Review.APPROVED:
        notes = notes.exclude(step=ReviewNote.Step.APPROVED)
    return list(notes[:5])


def care_of(thing):
    """Return what is no content of `thing` and is decided on its form, by name, as texts that a form can hold."""
    return {name: str(getattr(thing, name) or "") for name in ("owner_id", "review_on")}


def key_of(admin, request, thing):
    """Return the name under which the browser keeps what this person has typed into the form of `thing`."""
    return f"{request.user.pk}:{admin.opts.label_lower}:{thing.pk if thing else 'new'}"


def show(admin, request, thing, template, title, **values):
    """Return the page of a screen of the desk about `thing`: what all of them need, and `values`."""
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": thing,
        "thing": thing,
        "title": title,
        "is_popup": False,
        "has_view_permission": True,
        "addresses": {
            name: admin.address(thing, name) for name in ("change", *admin.screens) if name not in ("state", "merge")
        },
        **values,
    }
    return TemplateResponse(request, template, context)
