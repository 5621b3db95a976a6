from publishing.models import Image

from .files import read, upload
from .storing import Tally, store


def title_of(picture_id):
    """Return under which title the library has a picture: "Hospital river" for "hospital-river"."""
    return picture_id.replace("-", " ").capitalize()


def picture(picture_id):
    """Return the Image that content/pictures.toml calls `picture_id`; None for None."""
    return None if picture_id is None else Image.objects.get(title=title_of(picture_id))


def store_picture(title, *, folder, name, alternative_text, credit):
    """Return (Image, is_new) for the picture at <folder>/<name>; a new one gets its renditions by a task."""
    found = Image.objects.filter(title=title).first()
    if found is not None:  # asked first, so that the file is read only when it is needed
        return found, False
    return store(Image, {"title": title}, file=upload(folder, name), alternative_text=alternative_text, credit=credit)


def load_pictures(now):
    content = read("pictures")
    new = 0
    for spec in content["pictures"]:
        _, is_new = store_picture(
            title_of(spec["id"]),
            folder="images",
            name=f"{spec['id']}.jpg",
            alternative_text=spec["alternative_text"],
            credit=content["credit"],
        )
        new += is_new
    return Tally("pictures", len(content["pictures"]), new)
