"""All settings, read from the environment; batikportal/checks.py explains wrong values."""

from importlib.util import find_spec
from pathlib import Path

import environ
import pgtrigger
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# Demo: fictitious data, messages shown on screen, a banner on every page.
DEMO = env.bool("DEMO", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Put a long random value into the environment or into .env "
            "(python -c 'import secrets; print(secrets.token_urlsafe(50))'), or set DEBUG=True on your own machine."
        )
    SECRET_KEY = "only-for-development-" + "x" * 50

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=not DEBUG)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

INSTALLED_APPS = [
    "batikportal",
    "wastewater",
    "workforce",
    "marketing",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "import_export",
    "lucide",
    "pghistory",
    "pgtrigger",
    "phonenumber_field",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "batikportal.middleware.RequestIdMiddleware",
    "batikportal.middleware.OutageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "batikportal.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "batikportal.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "batikportal.middleware.ReadingsMiddleware",
    "batikportal.middleware.SecondFactorMiddleware",
    "batikportal.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "batikportal.urls"
WSGI_APPLICATION = "batikportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "batikportal.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.l10n",
                "batikportal.templatetags.ui",
                "batikportal.templatetags.figures",
            ],
        },
    },
]
FORM_RENDERER = "batikportal.rendering.PortalRenderer"

# Database. A URL given as postgres://user@/name?host=/folder lands in OPTIONS; dbshell reads HOST.
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://postgres@127.0.0.1:5432/batikportal")}
_database = DATABASES["default"]
if "host" in _database.get("OPTIONS", {}):
    _database["HOST"] = _database["OPTIONS"].pop("host")
_database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
_database["CONN_HEALTH_CHECKS"] = True
_database.setdefault("OPTIONS", {}).setdefault(
    "options",
    "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    f" -c statement_timeout={env.int('STATEMENT_TIMEOUT_SECONDS', default=60)}s",
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The cache lives in the database, so that rate limits hold across processes; Redis is a URL away.
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://portal_cache")}
# Django would throw entries away above 300, and anybody could flush the rate limits by filling it.
CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 1_000_000)
# Answers of figures and alert rules, in each process until somebody writes (batikportal/readings.py).
READINGS_SECONDS = env.int("READINGS_SECONDS", default=300)
CACHES["readings"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "readings",
    "OPTIONS": {"MAX_ENTRIES": 2000},
}

AUTH_USER_MODEL = "batikportal.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"

# Accounts: log in by phone or e-mail; a code is sent to the phone at sign-up.
ACCOUNT_ADAPTER = "batikportal.accounts.AccountAdapter"
MFA_ADAPTER = "batikportal.accounts.SecondFactorAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "batikportal.forms.accounts.SignupExtras"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # e-mail addresses are proved on our own page (/profil/surel/)
ACCOUNT_PHONE_VERIFICATION_ENABLED = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 600
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE = False  # the offer would tell known numbers from unknown ones
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # other sessions end, this one goes on
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Portal Batik Pekalongan"
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False
_sign_in = "batikportal.forms.sign_in."
ACCOUNT_FORMS = {
    "login": _sign_in + "LoginForm",
    "signup": _sign_in + "SignupForm",
    "verify_phone": _sign_in + "VerifyPhoneForm",
    "change_phone": _sign_in + "ChangePhoneForm",
    "change_password": _sign_in + "ChangePasswordForm",
    "set_password": _sign_in + "SetPasswordForm",
    "reset_password": _sign_in + "ResetPasswordForm",
    "confirm_password_reset_code": _sign_in + "ResetCodeForm",
    "reset_password_from_key": _sign_in + "NewPasswordForm",
    "reauthenticate": _sign_in + "ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": _sign_in + "SecondFactorForm",
    "reauthenticate": _sign_in + "SecondFactorAgainForm",
    "activate_totp": _sign_in + "ActivateSecondFactorForm",
}
# Counted in the cache, per address, account or key. A room full of people may share one address.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key,10/15m/key",
    "signup": "30/m/ip",
    "verify_phone": "2/30s/key,5/h/key,30/m/ip",
    "change_phone": "5/h/user",
    "reset_password": "20/m/ip,3/h/key,10/d/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "manage_email": "5/h/user",
    "activate": "20/m/ip,10/h/key",
    "sensor_refused": "60/m/ip",
}
# Staff need a second factor; switching it off shows a banner on every page.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)

# Keys for personal identifiers; the first encrypts, all decrypt (docs/operations.md tells how to rotate).
# On a developer's machine they are fixed and worthless; elsewhere a system check asks for them.
IDENTIFIER_KEYS = env.list("IDENTIFIER_KEYS", default=["b25seS1mb3ItZGV2ZWxvcG1lbnQtb25seS1kZXZlbG8="] if DEBUG else [])
IDENTIFIER_INDEX_KEY = env.str("IDENTIFIER_INDEX_KEY", default="only-for-development-" * 2 if DEBUG else "")

# Language, time and numbers.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "batikportal" / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "batikportal.locale_formats"
PHONENUMBER_DEFAULT_REGION = "ID"
PHONENUMBER_DB_FORMAT = "E164"

# Static files: ours, and those that packages ship.
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [BASE_DIR / "static"]
_leaflet = find_spec("leaflet")
if _leaflet and _leaflet.submodule_search_locations:
    # Not an installed app: its Django part would ask for GDAL.
    STATICFILES_DIRS.append(("leaflet", Path(_leaflet.submodule_search_locations[0]) / "static" / "leaflet"))
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365 if not DEBUG else 0
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
MEDIA_URL = "media/"  # nothing is served there: files leave through a view that asks who wants them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Messages to people.
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
# An HTTP gateway for SMS or WhatsApp; without it messages wait in the outbox to be copied by an officer.
MESSAGE_GATEWAY_URL = env.str("MESSAGE_GATEWAY_URL", default="")
MESSAGE_GATEWAY_TOKEN = env.str("MESSAGE_GATEWAY_TOKEN", default="")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Map tiles are off unless the city names a tile server.
TILE_URL = env.str("TILE_URL", default="")

# Security.
_tile_hosts = ["/".join(TILE_URL.split("/")[:3]).replace("{s}", "*")] if TILE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_tile_hosts],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "batikportal.views.errors.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 12
SILENCED_SYSTEM_CHECKS = [] if HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]

# Spreadsheet export: no live formulas, no temporary files named by the browser.
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

# History: written by triggers, never changed. One trigger call a statement, not a row: bulk work is five times faster.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LOG_JSON = env.bool("LOG_JSON", default=not DEBUG)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "batikportal.logs.RequestIdFilter"}},
    "formatters": {
        "json": {"()": "batikportal.logs.JsonFormatter"},
        "plain": {"format": "{asctime} {levelname} {name} {request_id} {message}", "style": "{"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": "json" if LOG_JSON else "plain",
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
