from django.urls import path

from . import feeds, views

app_name = "news"
urlpatterns = [
    path("", views.article_list, name="article_list"),
    path("feed/", feeds.NewsFeed(), name="feed"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("locations/<slug:slug>/", views.location, name="location"),
    path("press-releases/", views.press_releases, name="press_releases"),
    path("notices/", views.notices, name="notices"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<int:month>/", views.month, name="month"),
    path("<slug:slug>/", views.article_detail, name="article_detail"),
]
