"""The app of the pages, tasks and commands that need more than one app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages over several apps: desks, the provider page, the styleguide."""

    name = "regulator.pages"
    label = "pages"
