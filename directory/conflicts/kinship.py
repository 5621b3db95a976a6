"""Which of the names that share a number mean one and the same."""

from rapidfuzz.distance import OSA

MOST_TO_COMPARE = 12  # names that are compared letter by letter: with more of them it is a switchboard anyway
SHORTEST = 6  # letters of a word in which one may be wrong


def related(contacts, names):
    """Return `contacts` in groups, each of those whose names mean one thing, as far as words can tell.

    They do where they share a telling word, one is called what the other is also known as, or a word is the
    other's with a typing error or its beginning. Entries without a name are one group.
    """
    groups = _Groups(len(contacts))
    read = [names.read(contact.name) for contact in contacts]
    # Beside a name of common words alone, such as the hospital's own, these are all there is to compare.
    whole = any(name is not None and not name.telling for name in read)
    words = [_words(name, whole=whole) for name in read]
    first_with, called = {}, {}
    for place, name in enumerate(read):
        for word in words[place] or [""]:
            groups.join(place, first_with.setdefault(word, place))
        for part in () if name is None else (name, *name.parts):
            called.setdefault(part.words, place)
    for place, contact in enumerate(contacts):
        for other_name in filter(None, map(names.read, contact.also_known_as.split(","))):
            groups.join(place, called.get(other_name.words, place))
    if groups.number <= MOST_TO_COMPARE:
        _join_by_letters(groups, words)
    return groups.of(contacts)


def _words(name, *, whole):
    return set() if name is None else (name.words if whole else name.telling | name.joined)


def _join_by_letters(groups, words):
    heads = groups.heads()
    for index, one in enumerate(heads):
        for other in heads[index + 1 :]:
            if any(_alike(first, second) for first in words[one] for second in words[other]):
                groups.join(one, other)


def _alike(first, second):
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= 5 and longer.startswith(shorter):
        return True
    return len(shorter) >= SHORTEST and OSA.distance(first, second, score_cutoff=1) <= 1


class _Groups:
    """Puts places from 0 on into groups: each is alone until it is joined to another."""

    def __init__(self, count):
        self._head = list(range(count))
        self.number = count

    def head(self, place):
        while self._head[place] != place:
            self._head[place] = self._head[self._head[place]]
            place = self._head[place]
        return place

    def heads(self):
        return [place for place in range(len(self._head)) if self.head(place) == place]

    def join(self, one, other):
        one, other = sorted((self.head(one), self.head(other)))
        if one != other:
            self._head[other] = one
            self.number -= 1

    def of(self, things):
        """Return the lists of `things` that are together, in the order of the first of each."""
        found = {}
        for place, thing in enumerate(things):
            found.setdefault(self.head(place), []).append(thing)
        return list(found.values())
