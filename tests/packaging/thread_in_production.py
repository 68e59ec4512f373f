"""Run inside the services of docker-compose.yml: opens the bureau and walks the thread."""

from __future__ import annotations

import os
import sys
import urllib.request

import django
from django.core.management import call_command

PASSWORD = "correct-horse-7"


def main() -> int:
    django.setup()
    os.environ["ADMINISTRATOR_PASSWORD"] = PASSWORD
    call_command("open_bureau", username="admin", name="王敏")
    base_url = f"http://127.0.0.1:{os.environ['PORT']}"
    with urllib.request.urlopen(f"{base_url}/login/", timeout=10) as page:
        return 0 if page.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
