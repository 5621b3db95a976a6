from publishing.models import Video

from .files import read, upload
from .pictures import store_picture
from .storing import Tally, store

FILM = "demonstration-film"


def load_films(now):
    """Store the films. Their pictures are ours and stand in for the hospital's, so they count as made up."""
    content = read("films")
    still, _ = store_picture(
        "Still of the demonstration film",
        folder="video",
        name=f"{FILM}.jpg",
        alternative_text=content["still_alternative_text"],
        credit=read("pictures")["credit"],
    )
    new = 0
    for spec in content["films"]:
        _, is_new = store(
            Video,
            {"title": spec["title"]},
            text=spec["text"],
            file=upload("video", f"{FILM}.mp4"),
            poster=still,
            captions=upload("video", f"{FILM}.en.vtt"),
            silent=True,
            transcript=content["transcript"].strip(),
            published_at=now,
            demonstration=True,
        )
        new += is_new
    return Tally("films", len(content["films"]), new)
