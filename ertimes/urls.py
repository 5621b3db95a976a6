from django.urls import path

from .views.arrival_notice import arrival_notice
from .views.board import board
from .views.care_guide import care_guide
from .views.department import department_detail
from .views.on_my_way import on_my_way
from .views.open_data import open_data, wait_times_json
from .views.tell import tell
from .views.widget import widget

app_name = "ertimes"
urlpatterns = [
    path("", board, name="board"),
    path("wait-times.json", wait_times_json, name="wait_times_json"),
    path("open-data/", open_data, name="open_data"),
    path("urgent-or-emergency/", care_guide, name="care_guide"),
    path("<slug:slug>/", department_detail, name="department_detail"),
    path("<slug:slug>/widget/", widget, name="widget"),
    path("<slug:slug>/on-my-way/", on_my_way, name="on_my_way"),
    path("<slug:slug>/on-my-way/tell/", tell, name="tell"),
    path("<slug:slug>/on-my-way/<str:token>/", arrival_notice, name="arrival_notice"),
]
