from django.urls import path

from .views.board import board
from .views.department import department_detail
from .views.on_my_way import on_my_way
from .views.open_data import wait_times_json

app_name = "ertimes"
urlpatterns = [
    path("", board, name="board"),
    path("wait-times.json", wait_times_json, name="wait_times_json"),
    path("<slug:slug>/", department_detail, name="department_detail"),
    path("<slug:slug>/on-my-way/", on_my_way, name="on_my_way"),
]
