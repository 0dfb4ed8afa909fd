"""How gunicorn serves: on the port of the loopback that PORT names, or on the socket that systemd passes."""

import os

if "LISTEN_FDS" not in os.environ:
    bind = f"127.0.0.1:{os.environ['PORT']}"

workers = 2
threads = 4
preload_app = True
# A connection that is kept open between requests would be lost with the process that ends.
keepalive = 0
graceful_timeout = 20
accesslog = None
