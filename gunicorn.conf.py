"""The web server process, in production and in the demo; every value can be changed by GUNICORN_CMD_ARGS."""

import os

# Threads wait for the database without holding a process; a buffering proxy in front absorbs slow visitors.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
bind = os.environ.get("BIND", "127.0.0.1:8000")

# A request ends before the proxy gives up (65 s); a deploy lets running requests finish.
timeout = 60
graceful_timeout = 30
keepalive = 5

# A slow leak in any library never grows for weeks.
max_requests = 5000
max_requests_jitter = 500

# Heartbeats in memory: a busy disk must not look like a hanging worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# The application writes one line per request, with its id; nginx keeps the access log.
accesslog = None
control_socket_disable = True
