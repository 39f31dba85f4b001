"""The addresses of the balance sheet; part of wastewater.urls."""

from django.urls import path

from wastewater.views import balance

balance_patterns = [
    path("neraca/", balance.balance, name="balance"),
    path("neraca.csv", balance.balance_export, name="balance-export"),
    path("neraca.pdf", balance.balance_pdf, name="balance-pdf"),
    path("neraca/<str:code>/", balance.balance_ward, name="balance-ward"),
]
