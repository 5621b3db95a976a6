"""Settings of the site, all of them read from the environment.

Without any environment this is the local site that `make run` starts: DEBUG off, everything it
writes below `DATA_DIR`, a secret key made at random there. With PRODUCTION=true nothing is
assumed: what is missing stops the start with a sentence that says what to set.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from js_asset import static_lazy

from .local_secret import read_or_make_secret
from .sqlite_options import sqlite_options

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def required_in_production(name, hint):
    """Return the environment's `name`. Raise ImproperlyConfigured with `hint` where it is missing."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"PRODUCTION is on, so {name} must be set: {hint}.")
    return value


# Workbooks that people upload are read by Python's own parser behind defusedxml, also where lxml happens to be
# installed: openpyxl would take that one, which nothing guards.
os.environ["OPENPYXL_LXML"] = "False"

PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("PRODUCTION and DEBUG are both on: unset DEBUG.")
DEMONSTRATION = env.bool("DEMONSTRATION", default=not PRODUCTION)

# The header in which a proxy in front names the visitor's address, such as X-Real-IP; "" without such a proxy.
# Whoever reaches the site past the proxy can write anything into it.
CLIENT_ADDRESS_HEADER = env.str("CLIENT_ADDRESS_HEADER", default="")

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)

if PRODUCTION:
    SECRET_KEY = required_in_production("SECRET_KEY", "50 random characters or more, kept secret")
    SITE_URL = required_in_production("SITE_URL", "the public address, such as https://www.example.org")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}: it must start with https:// in production.")
    required_in_production("DATABASE_URL", "postgres://user:password@host:5432/name")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname])
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS holds '*': name the hosts, so that no forged one is answered.")
else:
    SECRET_KEY = env.str("SECRET_KEY", default="") or read_or_make_secret(DATA_DIR / "secret_key")
    SITE_URL = env.str("SITE_URL", default=f"http://{HOST}:{PORT}")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", HOST])
SITE_URL = SITE_URL.rstrip("/")
# Where the server reaches the site itself, to see whether what was published is there.
RECEIPT_URL = env.str("RECEIPT_URL", default=SITE_URL).rstrip("/")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# The hospital, as it is named in the page head and on the error page that must not ask the database.
# Everything else that a visitor reads is in the database and edited in the admin.
SITE_NAME = env.str("SITE_NAME", default="Backus Hospital")
SITE_PLACE = env.str("SITE_PLACE", default="Norwich, Connecticut")
# Where the hospital receives letters; it stands in each newsletter, as the law (CAN-SPAM) asks. In production
# somebody has to say it.
HOSPITAL_ADDRESS = env.str("HOSPITAL_ADDRESS", default="" if PRODUCTION else SITE_PLACE)
# Who sees patients on the same day, without an appointment, 7 days a week; "" where nobody near the hospital does.
URGENT_CARE = env.str("URGENT_CARE", default="GoHealth Urgent Care")
# A mailto: or https: address for security.txt; without one it names the contact page.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
MAIN_PHONE = env.str("MAIN_PHONE", default="+18608898331")  # E.164

INSTALLED_APPS = [
    "backus_site.apps.BackusSiteConfig",
    "pages.apps.PagesConfig",
    "news.apps.NewsConfig",
    "events.apps.EventsConfig",
    "ertimes.apps.ErTimesConfig",
    "newsletter.apps.NewsletterConfig",
    "directory.apps.DirectoryConfig",
    "search.apps.SearchConfig",
    "publishing.apps.PublishingConfig",
    "backus_site.apps.BackusAdminConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "content_editor",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "imagefield",
    "phonenumber_field",
    "reversion",
    "template_partials",
]

MIDDLEWARE = [
    # The headers come first, so that static files, redirects and errors carry them too.
    "backus_site.middleware.SitePolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backus_site.middleware.private_to_staff",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "backus_site.middleware.language_from_address",
    "publishing.middleware.answer_for_missing_pages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "publishing.acting.remember_who_acts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "publishing.preview_middleware.preview",
]

ROOT_URLCONF = "backus_site.urls"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that our own fields may have templates
WSGI_APPLICATION = "backus_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "publishing.context_processors.site",
            ],
        },
    },
]

# Database: SQLite is the embedded default, PostgreSQL is production (DATABASE_URL).
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
database = DATABASES["default"]
if database["ENGINE"] == "django.db.backends.sqlite3":
    database["OPTIONS"] = sqlite_options()
    DATA_DIR.mkdir(parents=True, exist_ok=True)
else:
    database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    database["CONN_HEALTH_CHECKS"] = True
    database["OPTIONS"] = {
        **database.get("OPTIONS", {}),
        "connect_timeout": 3,
        # What is asked a third time on a connection is parsed and planned no more: half of what a small question costs.
        # A pooler that shares connections by transaction must know prepared statements, as PgBouncer does from 1.21 on.
        "server_side_binding": True,
        "prepare_threshold": 3,
        # Milliseconds. A page that waits longer than this is better told to a visitor as an error.
        "options": "-c statement_timeout=10000 -c lock_timeout=5000",
    }
if PRODUCTION and database["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database in production.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"

# Languages and times: English at /, Spanish under /es/; stored in UTC, shown in the hospital's zone.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"
FORMAT_MODULE_PATH = ["backus_site.formats"]
PHONENUMBER_DEFAULT_REGION = "US"
PHONENUMBER_DB_FORMAT = "RFC3966"  # keeps the extension

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
# Where files go that nothing names any more. No address leads there.
ATTIC_ROOT = Path(env.str("ATTIC_ROOT", default=str(DATA_DIR / "attic"))).resolve()
for served in (MEDIA_ROOT, STATIC_ROOT):
    if ATTIC_ROOT.is_relative_to(served.resolve()):
        raise ImproperlyConfigured(f"ATTIC_ROOT is {ATTIC_ROOT}, inside {served}, which visitors can open: move it.")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "backus_site.static_files.OneStylesheetStorage"
    },
}
WHITENOISE_MAX_AGE = 60
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing asks for the others, and packing them takes as long again
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a standing page of many blocks is one form
IMAGEFIELD_AUTOGENERATE = False  # renditions are made by a task: publishing.tasks
IMAGEFIELD_BIN_DEPTH = 2

# The rich text editor's extension of our own. It brings no tags, so there are none to allow.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("js/admin/paste.js")], "extensions": {"CleanPaste": lambda config, allowed: None}},
]

# Security headers. The site's policy; the admin's own stands in backus_site.middleware.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    # The rich text editor's import map is an inline script with a nonce; it styles its own nodes.
    "script-src": [SELF, NONCE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
    "frame-src": [SELF],
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "backus_site.errors.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = int(timedelta(days=730).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Mail: a real server by EMAIL_URL (smtp+tls://user:password@host:587); locally into files.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"webmaster@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# A mail service that django-anymail knows, such as "postmark". It tells at /api/mail/<service>/tracking/ what came back
# or was reported; without EMAIL_URL it sends as well. Its settings are anymail's own: ANYMAIL_POSTMARK_SERVER_TOKEN.
if mail_service := env.str("MAIL_SERVICE", default=""):
    INSTALLED_APPS.append("anymail")
    ANYMAIL = {
        name.removeprefix("ANYMAIL_"): value for name, value in os.environ.items() if name.startswith("ANYMAIL_")
    }
    if ":" not in ANYMAIL.get("WEBHOOK_SECRET", ""):
        raise ImproperlyConfigured(
            "MAIL_SERVICE is set, so ANYMAIL_WEBHOOK_SECRET must be too, as user:password, which the service is told "
            "with the address: without it anybody could have readers removed."
        )
if email_url := env.str("EMAIL_URL", default=""):
    vars().update(env.email_url_config(email_url))
    EMAIL_TIMEOUT = 10
elif mail_service:
    EMAIL_BACKEND = f"anymail.backends.{mail_service}.EmailBackend"
elif PRODUCTION:
    raise ImproperlyConfigured("PRODUCTION is on, so EMAIL_URL must be set: smtp+tls://user:password@host:587.")
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
# The mailbox for newsletters that come back, as "bounces@example.org"; its server must take bounces+anything there.
NEWSLETTER_RETURN_PATH = env.str("NEWSLETTER_RETURN_PATH", default="")
# Where that mailbox is read: imaps://user:password@host/INBOX, or maildir:///path or mbox:///path of this machine.
RETURNED_MAILBOX = env.str("RETURNED_MAILBOX", default="")
# A mailbox to which readers may write to leave, named in each newsletter beside the link; somebody must read it.
NEWSLETTER_LEAVE_ADDRESS = env.str("NEWSLETTER_LEAVE_ADDRESS", default="")
# As many as the mail server takes from us; 0 for as fast as it can.
NEWSLETTER_MAILS_PER_MINUTE = env.int("NEWSLETTER_MAILS_PER_MINUTE", default=1000)

# Raw ER waits are deleted when they are older than this; what charts need of them is kept by the hour.
readings_kept_days = env.int("READINGS_KEPT_DAYS", default=400)
if not 7 <= readings_kept_days <= 36_500:
    raise ImproperlyConfigured(
        f"READINGS_KEPT_DAYS is {readings_kept_days}: it must be from 7, for late readings still count, to 36500."
    )
READINGS_KEPT = timedelta(days=readings_kept_days)

# For how long a process sends the charts of a department's past before it draws them anew.
HISTORY_KEPT_FOR = timedelta(minutes=1)

# How often a process adds what it counted (addresses that are not there, searches that find nothing); None: never.
COUNTS_STORED_EVERY = timedelta(seconds=30)

# For how long a process sends the same list of ER waits to all who ask for it; a new reading is seen after that.
WAITS_KEPT_FOR = timedelta(seconds=1)

# For how long a process sends the same phone list to all who ask for it; a change is seen after that.
PHONE_LIST_KEPT_FOR = timedelta(seconds=1)

# For how long a process sends the directory's open data before it makes them anew: ten thousand contacts take seconds.
DIRECTORY_DATA_KEPT_FOR = timedelta(minutes=1)

# For how long a process sends the calendars that people subscribe to before it makes them anew.
EVENT_CALENDARS_KEPT_FOR = timedelta(minutes=5)

# For how long a process offers the same topics, places and so on to choose events by.
EVENT_CHOICES_KEPT_FOR = timedelta(minutes=1)

# Who is reminded of reviews that are due and have no owner; one of the roles in backus_site.roles.
ADMINISTRATORS_GROUP = "Site administrator"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"without_signed_links": {"()": "backus_site.log_privacy.WithoutSignedLinks"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_signed_links"]}
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "PIL": {"level": "WARNING"},
        "imagefield": {"level": "WARNING"},  # else a line for each of a picture's sizes
    },
}

if DEBUG:
    INSTALLED_APPS.append("debug_toolbar")
    MIDDLEWARE.insert(0, "debug_toolbar.middleware.DebugToolbarMiddleware")
    INTERNAL_IPS = ["127.0.0.1"]
    # The toolbar's own styles and scripts stand in the page.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["style-src"] = [SELF, UNSAFE_INLINE]
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"] = [SELF, NONCE]

os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
