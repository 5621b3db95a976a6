"""What is answered to a message that is not taken (RFC 9457)."""

from http import HTTPStatus

from django.http import JsonResponse


class Problem(Exception):  # noqa: N818  it is called so in RFC 9457
    """A message is not taken: `status` and `detail`, a sentence that says what to do.

    `headers` go with the answer; `members` stand in its body beside the standard ones.
    """

    def __init__(self, status, detail, *, headers=None, **members):
        super().__init__(detail)
        self.status = HTTPStatus(status)
        self.detail = detail
        self.headers = headers or {}
        self.members = members

    def response(self):
        """Return the answer as application/problem+json."""
        body = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": str(self.detail),
            **self.members,
        }
        return JsonResponse(
            body, status=self.status.value, content_type="application/problem+json", headers=self.headers
        )
