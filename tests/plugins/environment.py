"""Settings of the test run, before Django reads them: development keys, no redirect, properties without a clock."""

import os

from hypothesis import settings

os.environ.setdefault("DEBUG", "True")
os.environ.setdefault("LOG_LEVEL", "ERROR")
# Tests write without a request; those of the readings keep them.
os.environ.setdefault("READINGS_SECONDS", "0")
# How long one example takes says more about the machine than about the code.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")
