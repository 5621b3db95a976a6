from django.urls import path, re_path

from . import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    # Last of all: any other address of plain words may be a standing page.
    re_path(r"^(?P<path>[a-z0-9-]+(?:/[a-z0-9-]+)*)/$", views.standing_page, name="standing_page"),
]
