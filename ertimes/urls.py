from django.urls import path

from . import views

app_name = "ertimes"
urlpatterns = [
    path("", views.board, name="board"),
    path("wait-times.json", views.wait_times_json, name="wait_times_json"),
    path("<slug:slug>/", views.department_detail, name="department_detail"),
    path("<slug:slug>/on-my-way/", views.on_my_way, name="on_my_way"),
]
