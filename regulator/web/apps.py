"""The app that holds templates tags, styles and scripts shared by every page."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Shared presentation: no models of its own."""

    name = "regulator.web"
    label = "web"
