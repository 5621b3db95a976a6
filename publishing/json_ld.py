"""Structured data in the terms of schema.org, made from plain values so that any feature can use it."""

import json

from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .head import absolute

# The characters that could end the script element or be read as markup inside it.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def render_json_ld(data):
    """Return `data`, a dict in schema.org's terms, as JSON that is safe inside a script element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  what could end the element is escaped


def hospital(*, telephone=None, path="/", contact_points=()):
    """Return the hospital itself. `telephone` is in E.164 or None, `contact_points` are of `contact_point()`."""
    data = {"@type": "Hospital", "@id": absolute("/#hospital"), "name": settings.SITE_NAME, "url": absolute(path)}
    if telephone:
        data["telephone"] = telephone
    if contact_points:
        data["contactPoint"] = list(contact_points)
    return data


def contact_point(*, name, telephone, about):
    """Return whom to call at the hospital. `telephone` is in E.164; `about` is schema.org's contactType."""
    return {"@type": "ContactPoint", "name": name, "telephone": telephone, "contactType": about}


def website(*, search_path):
    """Return the site, with the address of its search: a machine puts the words in."""
    return {
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{absolute(search_path)}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def trail(*steps):
    """Return the way to a page from the home page: `steps` are (name, path), from the one below it on."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(name), "item": absolute(path)}
            for position, (name, path) in enumerate([(_("Home"), "/"), *steps], 1)
        ],
    }


def news_article(
    *,
    headline,
    description,
    path,
    published_at,
    changed_at,
    byline="",
    authors=(),
    image=None,
    language=None,
    sections=(),
    correction=None,
):
    """Return a news post. The instants are aware datetimes; `image` is an Image or None.

    `authors` are (name, path) of people with a page of their own, `byline` names others; `sections` are names of
    topics. `correction` is a pair of its text and its day (date), or None.
    """
    people = [{"@type": "Person", "name": name, "url": absolute(own)} for name, own in authors]
    people += [{"@type": "Person", "name": byline}] if byline else []
    data = {
        "@type": "NewsArticle",
        "headline": headline,
        "description": description,
        "url": absolute(path),
        "mainEntityOfPage": absolute(path),
        "datePublished": published_at.isoformat() if published_at else None,
        "dateModified": changed_at.isoformat(),
        "publisher": hospital(),
        "author": (people[0] if len(people) == 1 else people) or hospital(),
        "inLanguage": language,
        "articleSection": list(sections) or None,
    }
    if image:
        data["image"] = absolute(image.file.url)
    if correction:
        text, day = correction
        data["correction"] = {"@type": "CorrectionComment", "text": text, "datePublished": day.isoformat()}
    return {key: value for key, value in data.items() if value is not None}


def event(
    *,
    name,
    description,
    path,
    starts,
    ends=None,
    place=None,
    address=None,
    online=False,
    mixed=False,
    status="EventScheduled",
    previous_start=None,
    image=None,
    offers=None,
    series=None,
    languages=(),
):
    """Return an event on one date. `starts` and `ends` are ISO 8601 texts (a date where there is no hour) or None.

    `address` is of `place()`. `mixed` says of one that is `online` that people can come, too. `status` is one of
    schema.org's, `previous_start` when it was to begin before it was moved. `offers` is of `offer()`; `series` the
    name of what it is a date of.
    """
    there = {"@type": "Place", "name": place or settings.SITE_NAME, "address": address or place or settings.SITE_PLACE}
    here = {"@type": "VirtualLocation", "url": absolute(path)}
    mode = "Mixed" if online and mixed else "Online" if online else "Offline"
    data = {
        "@type": "Event",
        "name": name,
        "description": description,
        "url": absolute(path),
        "startDate": starts,
        "endDate": ends,
        "previousStartDate": previous_start,
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "eventStatus": f"https://schema.org/{status}",
        "location": [there, here] if online and mixed else here if online else there,
        "image": absolute(image.file.url) if image else None,
        "inLanguage": list(languages) or None,
        "offers": offers,
        "superEvent": {"@type": "EventSeries", "name": series, "url": absolute(path)} if series else None,
        "organizer": hospital(),
    }
    return {key: value for key, value in data.items() if value is not None}


def offer(*, price, address, sold_out, valid_from=None):
    """Return what it costs to take part, in dollars; `address` is where to sign up, `valid_from` aware or None."""
    data = {
        "@type": "Offer",
        "price": f"{price:.2f}",
        "priceCurrency": "USD",
        "url": address,
        "availability": f"https://schema.org/{'SoldOut' if sold_out else 'InStock'}",
    }
    return {**data, "validFrom": valid_from.isoformat()} if valid_from else data


def physician(
    *,
    name,
    path,
    specialties=(),
    telephone=None,
    image=None,
    npi="",
    languages=(),
    accepting_new_patients=None,
    locations=(),
):
    """Return a provider of care. `npi` is the National Provider Identifier; `locations` are of `place()`."""
    data = {"@type": "Physician", "name": name, "url": absolute(path), "hospitalAffiliation": hospital()}
    if specialties:
        data["medicalSpecialty"] = list(specialties)
    if telephone:
        data["telephone"] = telephone
    if image:
        data["image"] = absolute(image.file.url)
    if npi:
        data["identifier"] = {"@type": "PropertyValue", "propertyID": "NPI", "value": npi}
    if languages:
        data["knowsLanguage"] = list(languages)
    if accepting_new_patients is not None:
        data["isAcceptingNewPatients"] = accepting_new_patients
    if locations:
        data["location"] = list(locations)
    return data


def person(*, name, path, job_titles=(), telephone=None, image=None):
    """Return somebody who works for the hospital."""
    data = {"@type": "Person", "name": name, "url": absolute(path), "worksFor": hospital()}
    if job_titles:
        data["jobTitle"] = list(job_titles)
    if telephone:
        data["telephone"] = telephone
    if image:
        data["image"] = absolute(image.file.url)
    return data


def place(
    *,
    name,
    path,
    types=("Place",),
    street="",
    city="",
    state="",
    postal_code="",
    telephone=None,
    image=None,
    opening_hours=(),
    special_opening_hours=(),
):
    """Return a place that people come to. Both kinds of opening hours are of `opening_hours()`."""
    address = {"streetAddress": street, "addressLocality": city, "addressRegion": state, "postalCode": postal_code}
    data = {"@type": types[0] if len(types) == 1 else list(types), "name": name, "url": absolute(path)}
    if street or city:
        data["address"] = {"@type": "PostalAddress", **{key: value for key, value in address.items() if value}}
    if telephone:
        data["telephone"] = telephone
    if image:
        data["image"] = absolute(image.file.url)
    if opening_hours:
        data["openingHoursSpecification"] = list(opening_hours)
    if special_opening_hours:
        data["specialOpeningHoursSpecification"] = list(special_opening_hours)
    return data


def closed_days(first, last=None):
    """Return that it is closed from the date `first` to `last`; None: nobody has said until when."""
    data = {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00", "validFrom": first.isoformat()}
    return {**data, "validThrough": last.isoformat()} if last else data


def opening_hours(*, opens, closes, weekdays=(), day=None):
    """Return the hours of `weekdays` (Monday 0), or those of `day` (date) in their place.

    `opens` and `closes` are times. As search engines read it, the whole day is 00:00 to 23:59, a `closes` before
    `opens` is of the next day, and 00:00 to 00:00 is closed.
    """
    data = {"@type": "OpeningHoursSpecification", "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
    if day is not None:
        return {**data, "validFrom": day.isoformat(), "validThrough": day.isoformat()}
    return {**data, "dayOfWeek": [f"https://schema.org/{_WEEKDAYS[weekday]}" for weekday in weekdays]}
