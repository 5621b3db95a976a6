"""Writing the audit log: `record` for acts of the desk; logins and changes of rights write themselves."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from .acting import acting_user
from .models import AuditEntry

Action = AuditEntry.Action

_FLAGS = {"is_staff": "staff", "is_superuser": "superuser", "is_active": "active"}


def record(action, *, user=None, thing=None, details=""):
    """Add one entry to the log and return it.

    `user` None is whoever is signed in to the request that is being answered, if anybody is. `thing` is
    an instance (before or after its deletion, as long as it still has its pk) or a model class. `details`
    is a sentence for people; it must hold no password and nothing of a patient.
    """
    entry = _entry(action, user if user is not None else acting_user(), thing, details)
    entry.save()
    return entry


def record_all(action, things, *, user):
    """Add an entry for each of `things`, pairs of (instance, details), in a few statements; otherwise as `record`."""
    AuditEntry.objects.bulk_create([_entry(action, user, thing, details) for thing, details in things], batch_size=500)


def record_export(what, *, rows, user=None):
    """Add to the log that `rows` rows of `what` (a model) left the site as a file."""
    return record(Action.EXPORTED, user=user, thing=what, details=f"Rows: {rows}")


def _entry(action, user, thing, details):
    return AuditEntry(
        action=action,
        user_pk=getattr(user, "pk", None),
        user_name=_cut(user.get_username(), 150) if user is not None else "",
        **_name_of(thing),
        details=_printable(details),
    )


def _name_of(thing):
    if thing is None:
        return {}
    if isinstance(thing, Model):
        return {
            "thing_model": thing._meta.label_lower,
            "thing_pk": "" if thing.pk is None else str(thing.pk),
            "thing_title": _cut(thing, 250),
        }
    return {"thing_model": thing._meta.label_lower, "thing_title": _cut(thing._meta.verbose_name_plural, 250)}


def _printable(text):
    """Return `text` without control characters: PostgreSQL stores no NUL, and a log is read line by line."""
    return "".join(char if char.isprintable() else " " for char in str(text)).strip()


def _cut(text, length):
    return _printable(text)[:length]


def connect():
    """Have logins and changes of rights write themselves. Called once, when the apps are loaded."""
    user_model = get_user_model()
    user_logged_in.connect(_logged_in, dispatch_uid="audit")
    user_logged_out.connect(_logged_out, dispatch_uid="audit")
    user_login_failed.connect(_login_failed, dispatch_uid="audit")
    pre_save.connect(_before_saving_user, sender=user_model, dispatch_uid="audit")
    post_save.connect(_saved_user, sender=user_model, dispatch_uid="audit")
    for model in (user_model, Group):
        post_delete.connect(_deleted, sender=model, dispatch_uid="audit")
    for relation in (user_model.groups, user_model.user_permissions, Group.permissions):
        m2m_changed.connect(_rights_changed, sender=relation.through, dispatch_uid="audit")


def _logged_in(sender, request, user, **kwargs):
    record(Action.LOGIN, user=user)


def _logged_out(sender, request, user, **kwargs):
    if user is not None:
        record(Action.LOGOUT, user=user)


def _login_failed(sender, credentials, **kwargs):
    """Keep the name that was typed; never the password, and no address of the machine it came from."""
    name = credentials.get(get_user_model().USERNAME_FIELD) or ""
    AuditEntry.objects.create(action=Action.LOGIN_FAILED, user_name=_cut(name, 150))


def _before_saving_user(sender, instance, update_fields, raw, **kwargs):
    """Note on the instance what its saving will change of its rights."""
    instance._audit_changes = []
    watched = {*_FLAGS, "password"}
    if update_fields is not None:
        watched &= set(update_fields)
    # A login stores a password anew where the way of hashing has changed: not a change of password.
    if update_fields is not None and set(update_fields) == {"password"} and instance._password is None:
        return
    if raw or instance.pk is None or not watched:
        return
    stored = sender._default_manager.filter(pk=instance.pk).values(*watched).first()
    if stored is not None:
        instance._audit_changes = sorted(name for name in watched if stored[name] != getattr(instance, name))


def _saved_user(sender, instance, created, raw, **kwargs):
    if raw:
        return
    changes = list(_FLAGS) if created else instance._audit_changes
    flags = ", ".join(
        f"{_FLAGS[name]}: {'yes' if getattr(instance, name) else 'no'}" for name in changes if name in _FLAGS
    )
    if flags:
        prefix = "Account made; " if created else ""
        record(Action.PERMISSION_CHANGED, thing=instance, details=f"{prefix}{flags}")
    if "password" in changes:
        record(Action.PASSWORD_CHANGED, thing=instance)


def _deleted(sender, instance, **kwargs):
    record(Action.DELETED, thing=instance)


def _rights_changed(sender, instance, action, reverse, model, pk_set, **kwargs):
    """Record what was given or taken: groups and permissions of a user, permissions of a group.

    `reverse` is the same from the other end (group.user_set.add(user)): then the entry is about the group.
    """
    given = {"post_add": "Given", "post_remove": "Taken", "pre_clear": "Taken"}.get(action)
    if given is None:
        return
    if action == "pre_clear":
        relation = next(
            field
            for field in (*instance._meta.many_to_many, *instance._meta.related_objects)
            if getattr(field, "through", None) is sender or getattr(field.remote_field, "through", None) is sender
        )
        accessor = relation.get_accessor_name() if reverse else relation.name
        pk_set = set(getattr(instance, accessor).values_list("pk", flat=True))
    if pk_set:
        names = ", ".join(_names(model, pk_set))
        record(Action.PERMISSION_CHANGED, thing=instance, details=f"{given}: {names}")


def _names(model, pks):
    chosen = model._default_manager.filter(pk__in=pks)
    if model is Permission:
        rows = chosen.order_by("content_type__app_label", "codename")
        return [".".join(row) for row in rows.values_list("content_type__app_label", "codename")]
    name = "name" if model is Group else model.USERNAME_FIELD
    return list(chosen.order_by(name).values_list(name, flat=True))
