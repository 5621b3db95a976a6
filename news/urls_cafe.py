from django.urls import path, re_path

from .views import cafe

app_name = "cafe"
urlpatterns = [
    path("", cafe.menu, name="menu"),
    re_path(r"^(?P<day>\d{4}-\d{2}-\d{2})/$", cafe.week, name="week"),
]
