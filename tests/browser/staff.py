"""The people who work on the site, each signed in to a browser of his own."""

AUTHOR_MAY = "add change delete view"
REVIEWER_MAY = "add change delete view publish"
PEOPLE = {"anna": ("Anna", "Lee", AUTHOR_MAY), "ben": ("Ben", "Moss", REVIEWER_MAY)}
PASSWORD = "three long quiet words"
APPS = ["news", "events", "pages", "directory", "publishing"]

HIRE = """
from django.contrib.auth.models import Permission, User
for username, (first, last, deeds) in {people!r}.items():
    user = User.objects.create_user(username, password={password!r}, first_name=first, last_name=last, is_staff=True)
    codes = "^(" + "|".join(deeds.split()) + ")_"
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label__in={apps!r}, codename__regex=codes)
    )
"""


class Staff:
    """The author Anna Lee, who may not publish, and the reviewer Ben Moss, who may."""

    def __init__(self, browser, site):
        self.browser = browser
        self.site = site
        self.cookies = {}
        site.manage("shell", "-c", HIRE.format(people=PEOPLE, password=PASSWORD, apps=APPS))

    def sit_down(self, username, **options):
        """Return a page in a browser of `username`, signed in. Close its context when done."""
        context = self.browser.new_context(base_url=self.site.address, **options)
        page = context.new_page()
        if username not in self.cookies:
            page.goto("/admin/login/")
            sign_in(page, username)
            self.cookies[username] = context.cookies()
        context.add_cookies(self.cookies[username])
        return page


def sign_in(page, username):
    """Fill in and send the sign-in form that `page` shows."""
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.click("input[type=submit]")
