"""How the tests name what was found."""

from publishing.checks import findings


def found(thing, *codes, at=None):
    """Return the findings of `thing` as (level, code, model of the part, field), only those of `codes` where given."""
    return [
        (finding.level.value, finding.code, finding.part._meta.model_name, finding.field)
        for finding in findings(thing, at=at)
        if not codes or finding.code in codes
    ]


def messages(thing, code, at=None):
    """Return the sentences of the findings called `code`."""
    return [finding.message for finding in findings(thing, at=at) if finding.code == code]
