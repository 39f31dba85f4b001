"""Addresses under /pekerja/ of insurance paid for, safety at work, and the worker's voice."""

from django.urls import path

from workforce.views import premiums

urlpatterns = [
    path("kalkulator-iuran/", premiums.premium_calculator, name="premium-calculator"),
]
