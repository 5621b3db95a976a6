"""The content that `manage.py load_demo` puts on a new site, and the code that puts it there.

`content/` holds the data as files, `images/` the pictures, `video/` the film. One module a subject reads
its file and stores it. Facts about the hospital are loaded as they are; what was made up to show the site
(classes, doctors, the texts of the services) carries `demonstration = true` and is never shown where
`settings.DEMONSTRATION` is off.
"""
