"""Settings of the test run, before Django reads them: development keys, no HTTPS redirect."""

import os

os.environ.setdefault("DEBUG", "True")
os.environ.setdefault("LOG_LEVEL", "ERROR")
