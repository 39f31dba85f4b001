"""The menu of a focus: every page exists, stands once, and is shown only to those whom it admits."""

import re
from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve, reverse

from batikportal import contracts

GROUPS = contracts.contributions("navigation")
MENU = Template('{% load pages %}{% focus_menu "waste" "Bagian" %}')


def shown(user, path: str) -> tuple[list[str], str]:
    """The links of the menu, and the label of the current page."""
    request = RequestFactory().get(path)
    request.user = user
    html = MENU.render(Context({"request": request}))
    current = re.search(r'aria-current="page">([^<]+)<', html)
    return re.findall(r'href="([^"]+)"', html), current[1] if current else ""


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.code)
def test_pages_exist_and_ask_nothing_but_a_reader(group):
    assert [name for _title, name in group.pages if not hasattr(resolve(reverse(name)).func, "policy")] == []


def test_a_page_stands_in_one_group():
    names = Counter(name for group in GROUPS for _title, name in group.pages)
    assert [name for name, count in names.items() if count > 1] == []


def test_visitor_sees_only_public_pages():
    links, current = shown(AnonymousUser(), reverse("wastewater:river-state"))

    assert current == "Keadaan sungai"
    assert reverse("wastewater:plant-list") in links
    assert reverse("wastewater:sample-list") not in links
    assert reverse("wastewater:index-list") not in links


def test_group_of_the_open_page_shows_its_pages_and_the_others_only_their_first(waste_officer):
    links, current = shown(waste_officer, reverse("wastewater:violation-list"))

    assert current == "Pelanggaran"
    assert reverse("wastewater:obligation-list") in links
    assert reverse("wastewater:sample-list") in links
    assert reverse("wastewater:result-list") not in links


def test_a_page_below_keeps_its_group_open_without_being_the_page(waste_officer):
    links, current = shown(waste_officer, f"{reverse('wastewater:sample-list')}baru/")

    assert current == ""
    assert reverse("wastewater:result-list") in links
