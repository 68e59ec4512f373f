"""Settings of the ledger's benchmarks: the product, and django-hordak beside it as the peer."""

from __future__ import annotations

import os

from regulator.settings.databases import database_from_url
from regulator.settings.test import *  # noqa: F403
from regulator.settings.test import INSTALLED_APPS as PRODUCT_APPS

INSTALLED_APPS = [*PRODUCT_APPS, "mptt", "djmoney", "hordak"]
DATABASES = {"default": database_from_url(os.environ["TEST_DATABASE_URL"])}
DEFAULT_CURRENCY = "CNY"
DECIMAL_PLACES = 2
