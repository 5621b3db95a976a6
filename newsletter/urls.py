from django.urls import path

from . import views

app_name = "newsletter"
urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("look-into-your-mail/", views.asked, name="asked"),
    path("text-alerts/", views.text_alert_list, name="text_alert_list"),
    path("text-alerts/<slug:slug>/", views.text_alert, name="text_alert"),
    path("issues/", views.issue_list, name="issue_list"),
    path("issues/<slug:slug>/", views.issue, name="issue"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("leave/<str:token>/", views.leave, name="leave"),
    path("leave/<str:token>/at-one-click/", views.one_click, name="one_click"),
    path("preferences/<str:token>/", views.preferences, name="preferences"),
    path("new-address/<str:token>/", views.change, name="change"),
]
