"""What somebody may do with things of a kind, as every screen asks it."""


def may(user, action, kind):
    """Return whether `user` may "view", "add", "change" or "publish" things of `kind`, a model or a thing of it.

    Who may change them may look at them, too, with what is not published.
    """
    app, name = kind._meta.app_label, kind._meta.model_name
    if action == "view" and user.has_perm(f"{app}.change_{name}"):
        return True
    return user.has_perm(f"{app}.{action}_{name}")
