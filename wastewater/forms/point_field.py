"""The field in which staff name a monitoring point."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal.forms.suggested_input import SuggestedInput
from wastewater.models import DischargePoint

# So many points the browser offers while one types; of more, the search of the list finds the rest.
SUGGESTED = 500
NAMED = 6


class PointField(forms.ModelChoiceField):
    """A monitored point that the user may see, by its code or name; what fits several lists them with their codes."""

    def __init__(self):
        super().__init__(
            label=_("Titik pantau"),
            help_text=_("Ketik kode atau nama titiknya, lalu pilih."),
            queryset=DischargePoint.objects.none(),
            to_field_name="code",
            widget=SuggestedInput(),
        )

    def offer(self, points) -> None:
        """Let these points be chosen, and suggest them."""
        self.queryset = points
        self.widget.suggestions = _Offered(points)

    def to_python(self, value):
        text = value.strip() if isinstance(value, str) else value
        if not isinstance(text, str) or not text:
            return super().to_python(text)
        points = self.queryset
        assert points is not None  # noqa: S101 - set above, and by `offer`
        exact = list(points.filter(Q(code__iexact=text) | Q(name__iexact=text)).order_by("code")[:NAMED])
        if len(exact) == 1:
            return exact[0]
        near = exact or list(points.filter(Q(code__icontains=text) | Q(name__icontains=text)).order_by("code")[:NAMED])
        if not near:
            raise forms.ValidationError(_("Titik ini tidak dikenal. Periksa pada daftar titik pantau."))
        names = "; ".join(f"{one.code} {one.name}" for one in near)
        raise forms.ValidationError(_("Maksud Anda: %(names)s? Tulis kodenya."), params={"names": names})

    def prepare_value(self, value):
        return value.code if isinstance(value, DischargePoint) else value


class _Offered:
    """The suggestions, asked for only when the field is drawn."""

    def __init__(self, points):
        self.points = points

    def __iter__(self):
        return iter(self.points.order_by("code").values_list("code", "name")[:SUGGESTED])
