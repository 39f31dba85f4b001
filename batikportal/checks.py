"""System checks: wrong settings, pages without a policy and broken contributions are refused in plain words."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver

from batikportal import contracts
from batikportal.migration_steps import half_replaced

# Pages of libraries, whose own login rules apply; everything else carries a mark of batikportal/access.py.
LIBRARY_ROUTES = ("admin/", "akun/", "i18n/")


@register(Tags.security)
def settings_make_sense(app_configs, **kwargs) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not settings.DEBUG and len(settings.SECRET_KEY) < 32:
        found.append(
            Error("SECRET_KEY is shorter than 32 characters.", hint="Use secrets.token_urlsafe(50).", id="portal.E001")
        )
    if settings.DEMO and not settings.DEBUG and settings.HTTPS:
        found.append(
            Warning(
                "DEMO shows every message, codes included, on screen.",
                hint="Never set DEMO=True where real people log in.",
                id="portal.W001",
            )
        )
    if not settings.DEMO and not settings.DEBUG and not settings.MESSAGE_GATEWAY_URL:
        found.append(
            Info(
                "MESSAGE_GATEWAY_URL is empty: codes reach no phone, so no owner can sign up by herself.",
                hint="Name the city's SMS or WhatsApp gateway; until then officers can copy messages from the outbox.",
                id="portal.I001",
            )
        )
    for name in ("TILE_URL", "MESSAGE_GATEWAY_URL"):
        value = getattr(settings, name)
        if value and urlsplit(value).scheme not in ("http", "https"):
            found.append(
                Error(f"{name} is not a web address: {value!r}.", hint=f"Write {name}=https://…", id="portal.E002")
            )
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if "://" not in origin:
            found.append(
                Error(
                    f"CSRF_TRUSTED_ORIGINS lacks a scheme: {origin!r}.",
                    hint=f"Write CSRF_TRUSTED_ORIGINS=https://{origin}",
                    id="portal.E003",
                )
            )
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        found.append(Error("The portal needs PostgreSQL.", hint="DATABASE_URL=postgres://…", id="portal.E004"))
    return found


def walk(
    resolver: URLResolver | None = None, prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every URL pattern of the project: (route, full name, pattern)."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry, route, inner)
        else:
            yield route, f"{namespace}{entry.name}", entry


@register(Tags.urls)
def every_page_has_a_policy(app_configs, **kwargs) -> list[Error]:
    return [
        Error(
            f"The page {name} (/{route}) has no policy.",
            hint="Mark its view with @access.public, signed_in, owner, staff or needs(...).",
            id="portal.E010",
        )
        for route, name, pattern in walk()
        if not route.startswith(LIBRARY_ROUTES) and not hasattr(pattern.callback, "policy")
    ]


@register()
def contributions_keep_their_contract(app_configs, **kwargs) -> list[Error]:
    found = []
    for module, (list_name, kind) in contracts.CONTRACTS.items():
        items = contracts.contributions(module)
        for item in items:
            if not isinstance(item, kind):
                found.append(Error(f"{list_name} holds {item!r}, which is no {kind.__name__}.", id="portal.E020"))
                continue
            for field, allowed in contracts.VALID.items():
                value = getattr(item, field, None)
                if value is not None and value not in allowed:
                    found.append(Error(f"{getattr(item, 'code', item)}: unknown {field} {value!r}.", id="portal.E021"))
        codes = Counter(getattr(item, "code", "") for item in items)
        found += [
            Error(f"{list_name}: the code {code!r} is used twice.", id="portal.E022")
            for code, count in codes.items()
            if count > 1
        ]
    return found


@register(Tags.database)
def replaced_migrations_ran_all_or_none(app_configs, databases=None, **kwargs) -> list[Error]:
    return [
        Error(
            f"The database ran a part only of what {name} replaces; it lacks {', '.join(lacks)}.",
            hint="Migrate it with the last version that still has these files, then with this one.",
            id="portal.E030",
        )
        for alias in databases or ()
        for name, lacks in half_replaced(connections[alias]).items()
    ]
