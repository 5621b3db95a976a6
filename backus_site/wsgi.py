"""The site as a WSGI application, for granian or any other server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backus_site.settings")

application = get_wsgi_application()

# What is loaded now stays. Looking through all of it for rubbish would hold a request up for 100 ms now and then.
gc.collect()
gc.freeze()
