from pages.models import MenuItem, Promotion, SiteAlert

from .files import read
from .pictures import picture
from .storing import Tally, store


def load_alerts(now):
    specs = read("notices")["alerts"]
    new = 0
    for spec in specs:
        _, is_new = store(SiteAlert, {"heading": spec.pop("heading")}, published_at=now, **spec)
        new += is_new
    return Tally("site alerts", len(specs), new)


def load_promotions(now):
    specs = read("notices")["promotions"]
    new = 0
    for spec in specs:
        values = {**spec, "text": spec["text"].strip(), "image": picture(spec.get("image"))}
        _, is_new = store(Promotion, {"title": values.pop("title")}, published_at=now, **values)
        new += is_new
    return Tally("promotions", len(specs), new)


def load_menus(now):
    total = new = 0
    for menu, content in read("menus").items():
        for position, spec in enumerate(content["items"], start=1):
            _, is_new = store(MenuItem, {"menu": menu, "label": spec.pop("label")}, position=position, **spec)
            total += 1
            new += is_new
    return Tally("menu items", total, new)
