"""Workers in the Django admin, for data entry; the NIK can be written here but is never shown."""

from workforce.admin import apprenticeship, certificates, duplicates, people, projection, skills, welfare

__all__ = ["apprenticeship", "certificates", "duplicates", "people", "projection", "skills", "welfare"]
