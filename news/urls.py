from django.urls import path

from . import feeds, sitemaps, views

app_name = "news"
urlpatterns = [
    path("", views.article_list, name="article_list"),
    path("feed/", feeds.atom, name="feed"),
    path("rss/", feeds.rss, name="rss"),
    path("sitemap.xml", sitemaps.news_sitemap, name="sitemap"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/feed/", feeds.atom, name="topic_feed"),
    path("topics/<slug:slug>/rss/", feeds.rss, name="topic_rss"),
    path("locations/<slug:slug>/", views.location, name="location"),
    path("press-releases/", views.press_releases, name="press_releases"),
    path("notices/", views.notices, name="notices"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<int:month>/", views.month, name="month"),
    path("<slug:slug>/", views.article_detail, name="article_detail"),
]
