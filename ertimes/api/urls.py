from django.urls import path

from .readings import readings
from .views import nowhere, openapi
from .visits import visits

app_name = "er_api"
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("<slug:slug>/readings/", readings, name="readings"),
    path("<slug:slug>/visits/", visits, name="visits"),
    path("<path:path>", nowhere, name="nowhere"),
]
