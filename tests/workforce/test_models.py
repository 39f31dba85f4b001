"""What the database itself refuses, tried with raw rows."""
import pytest
@pytest.mark.django_db
def test_boot():
    from workforce.models import ReferenceFigure, ProcessStep
    assert ProcessStep.objects.count() == 22
