"""Workers in the Django admin, for data entry; the NIK can be written here but is never shown."""

from workforce.admin import certificates, people, skills, welfare

__all__ = ["certificates", "people", "skills", "welfare"]
