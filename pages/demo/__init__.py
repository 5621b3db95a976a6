"""The content that `manage.py load_demo` puts on a new site, and the code that puts it there.

`content/` holds the data as files, `images/` the pictures, `video/` the film; one module a subject reads
its file and stores it. Facts about the hospital are loaded as such. What was made up to show the site (the
coming events, the doctors, the texts about services, the film) is marked as demonstration and is not shown
where `settings.DEMONSTRATION` is off.
"""
