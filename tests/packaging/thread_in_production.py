"""Run as a process of docker-compose.yml's web service: opens the bureau and walks the thread.

Everything goes through the services of that file: pages through gunicorn, an import and a
screening through the worker, all on PostgreSQL and Redis under the production settings.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from institutions.models import Filing, FilingUpload, Institution  # noqa: E402
from regulator.accounts.services import appoint, create_user  # noqa: E402
from regulator.jobs.models import Job  # noqa: E402
from regulator.kernel.actors import SYSTEM  # noqa: E402
from tests.packaging.person import Person  # noqa: E402

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
DIVISION = os.environ["DIVISION"]
BASE_URL = f"http://127.0.0.1:{os.environ['PORT']}"
PASSWORD = "correct-horse-7"
PATIENCE_S = 120


def wait_for(what: str, is_done: Callable[[], bool]) -> None:
    """Until the worker has done it; the state of the jobs when it has not."""
    ends_at = time.monotonic() + PATIENCE_S
    while not is_done():
        if time.monotonic() > ends_at:
            sys.exit(f"{what}: {list(Job.objects.values_list('kind', 'state', 'done_count'))}")
        time.sleep(0.3)


def at_desk(role: str, *, department: str = "", institution: UUID | None = None) -> Person:
    """A new person with one desk, logged in through the web service."""
    username = role.replace("_", "") + str(institution or department)[:8]
    user = create_user(
        username=username,
        name="测试人",
        password=PASSWORD,
        division=DIVISION,
        actor=SYSTEM,
        at=timezone.now(),
    )
    appoint(
        user,
        role=role,
        division=DIVISION,
        department=department,
        institution=institution,
        starts_on=date(2026, 1, 1),
        actor=SYSTEM,
        at=timezone.now(),
    )
    person = Person(BASE_URL)
    person.log_in(username, PASSWORD)
    return person


def take_in(officer: Person, *, file_name: str, data: bytes) -> None:
    """A list uploaded at the desk, and the worker's import of it."""
    officer.get("/desk/register/import/")
    path, _page = officer.post("/desk/register/import/", {"anywhere": "on"}, file=(file_name, data))
    assert path.startswith("/desk/register/imports/")
    wait_for("import", lambda: not Job.objects.exclude(state="done").exists())


def own_list(headers: list[str]) -> bytes:
    """The published list's form with one institution of this division in it."""
    row = dict.fromkeys(headers, "") | {
        "row_no": "1",
        "institution_name": "双流区明德艺术培训学校有限公司",
        "city": "成都市",
        "district": "双流区",
        "category": "非学科类",
        "legal_form": "营利性",
    }
    return "\n".join([",".join(headers), ",".join(row[each] for each in headers)]).encode()


def import_the_register() -> Institution:
    """Step 1: the published list, which is of other places, and one institution of our own."""
    officer = at_desk("licensing_officer", department="education")
    published = (FIXTURES / "register_rows.csv").read_bytes()
    take_in(officer, file_name="published.csv", data=published)
    assert Institution.objects.count() > 20
    headers = published.decode("utf-8-sig").splitlines()[0].split(",")
    take_in(officer, file_name="own.csv", data=own_list(headers))
    institution = Institution.objects.get(place="")
    assert institution.name in officer.get(f"/desk/register/?q={quote(institution.name)}")
    return institution


def one_class() -> bytes:
    """A non-subject class of the sample in which nothing is found, as a CSV workbook."""
    with (FIXTURES / "filings_sample_labels.csv").open(encoding="utf-8-sig") as file:
        clear = {row["row"] for row in csv.DictReader(file) if row["outcome"] == "clear"}
    with (FIXTURES / "filings_sample.csv").open(encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        chosen = next(
            row
            for number, row in enumerate(rows, start=2)
            if str(number) in clear and row["培训类别"] == "非学科类"
        )
    made = io.StringIO()
    writer = csv.DictWriter(made, list(chosen))
    writer.writeheader()
    writer.writerow(chosen | {"机构许可证号": ""})
    return made.getvalue().encode("utf-8")


def file_a_class(institution: Institution) -> Filing:
    """Step 2, the portal's half: uploaded, screened by the worker, submitted."""
    manager = at_desk("institution_manager", institution=institution.public_id)
    manager.get("/portal/filings/upload/")
    path, _page = manager.post("/portal/filings/upload/", {}, file=("班级.csv", one_class()))
    wait_for("screening", lambda: FilingUpload.objects.get().state == "screened")
    assert "可以提交" in manager.get(path)
    _path, page = manager.post(f"{path}submit/", {})
    assert "已提交 1 个班" in page
    return Filing.objects.get()


def approve(filing: Filing) -> None:
    """Step 2, the reviewer's half: approved, and from then on public."""
    reviewer = at_desk("filing_reviewer", department=filing.department_id)
    case = f"/desk/filings/{filing.public_id}/"
    assert filing.class_name in reviewer.get(case)
    reviewer.post(f"{case}approve/", {})
    filing.refresh_from_db()
    assert filing.state == "approved"


def look_it_up(institution: Institution, filing: Filing) -> None:
    """Step 5: anyone finds the institution by one character or by name, and its class."""
    anyone = Person(BASE_URL)
    provider = f"/providers/{institution.public_id}/"
    page = anyone.get(f"/search/?q={quote(institution.name[-1])}")
    assert "/providers/" in page, page[-3000:]
    assert provider in anyone.get(f"/search/?q={quote(institution.name)}")
    assert institution.name in anyone.get(provider)
    assert filing.class_name in anyone.get(f"/classes/{filing.public_id}/")


def main() -> int:
    os.environ["ADMINISTRATOR_PASSWORD"] = PASSWORD
    call_command("open_bureau", username="admin", name="王敏")
    administrator = Person(BASE_URL)
    administrator.log_in("admin", PASSWORD)
    assert "first-run" in administrator.get("/desk/")
    institution = import_the_register()
    filing = file_a_class(institution)
    approve(filing)
    look_it_up(institution, filing)
    call_command("verify_draw", str(FIXTURES / "draw_bundle_sample.json"))
    call_command("verify_audit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
