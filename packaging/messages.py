"""Texts: extract the Chinese msgids, join them with the English of locale/parts, compile.

`extract` writes locale/en/LC_MESSAGES/django.po from the sources and from locale/parts/*.en.tsv
(msgid, English, and for a plural msgid the English plural; `\\n` and `\\t` stand for line break
and tab); `compile` writes every .mo with Babel, so that gettext need not be installed.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
SOURCES = ("regulator", "institutions", "inspections", "fees", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A fixed date: the same sources give the same file.
MADE_AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Text:
    """A msgid where it stands: `plural` and `context` are None for a plain one."""

    path: str
    msgid: str
    plural: str | None
    context: str | None


def sources(root: Path) -> Iterator[Path]:
    """Python modules and templates of the product, in a stable order."""
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def python_of(path: Path) -> str:
    """A source as Python: Django's own templatize turns a template's texts into gettext calls.

    What is between the calls is blanked but keeps its indentation, which a bracket makes harmless.
    """
    text = path.read_text(encoding="utf-8")
    return text if path.suffix == ".py" else f"({templatize(text, origin=str(path))}\n)"


def texts_of(path: Path, root: Path) -> Iterator[Text]:
    """The msgids of one file."""
    source = io.BytesIO(python_of(path).encode("utf-8"))
    for _, found, _, context in extract("python", source, keywords=KEYWORDS):
        singular, plural = found if isinstance(found, tuple) else (found, None)
        if singular:
            yield Text(str(path.relative_to(root)), singular, plural, context)


def all_texts(root: Path = ROOT) -> list[Text]:
    """Every msgid of the product, with repeats."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    return [text for path in sources(root) for text in texts_of(path, root)]


def plain(cell: str) -> str:
    return cell.replace("\\n", "\n").replace("\\t", "\t")


def english_of(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(msgid, its English forms) of one locale/parts/*.en.tsv."""
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(cells) > 1 and not cells[0].startswith("#"):
                yield plain(cells[0]), tuple(map(plain, cells[1:3]))


def english_parts(folder: Path) -> dict[str, tuple[str, ...]]:
    """English by msgid, from every part; the first file that has a msgid counts."""
    english: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.en.tsv")):
        for msgid, words in english_of(path):
            english.setdefault(msgid, words)
    return english


def kept_english(path: Path) -> dict[str, tuple[str, ...]]:
    """English already in the catalogue: a translator's own work is not lost."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en")
    messages = [message for message in catalogue if message.id and has_text(message)]
    return {forms(message.id)[0]: forms(message.string) for message in messages}


def forms(value: object) -> tuple[str, ...]:
    """Singular and plural of a msgid or its translation; one of them where there is no plural."""
    many = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(str(form) for form in many)


def catalogue_of(texts: list[Text], english: dict[str, tuple[str, ...]]) -> Catalog:
    """The English catalogue; a msgid without English stays empty and a test names it."""
    catalogue = Catalog(
        locale="en",
        domain="django",
        project="regulator",
        version="1",
        copyright_holder="the authors",
        msgid_bugs_address="see README.md",
        last_translator="locale/parts",
        language_team="English",
        header_comment="# Made by `make messages` from the sources and locale/parts/*.en.tsv.",
        creation_date=MADE_AT,
        revision_date=MADE_AT,
        fuzzy=False,
    )
    plurals = {text.msgid: text.plural for text in texts if text.plural}
    for text in texts:
        plural = plurals.get(text.msgid)
        words = english.get(text.msgid, ("",))
        catalogue.add(
            (text.msgid, plural) if plural else text.msgid,
            (words[0], words[-1]) if plural else words[0],
            locations=[(text.path, 1)],
            context=text.context,
        )
    return catalogue


def write_english() -> list[str]:
    """Writes the English catalogue; returns the msgids that have no English yet."""
    english = kept_english(ENGLISH) | english_parts(LOCALE / "parts")
    catalogue = catalogue_of(all_texts(), english)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    return sorted(str(message.id) for message in catalogue if message.id and not has_text(message))


def has_text(message: Message) -> bool:
    """Whether a message of a catalogue has all its English."""
    return all(forms(message.string))


def compile_all() -> None:
    """Writes django.mo beside every django.po."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def main(arguments: list[str]) -> int:
    if arguments == ["extract"]:
        missing = write_english()
        print(f"{ENGLISH.relative_to(ROOT)}: {len(missing)} without English")
        print("\n".join(missing[:50]))
        return 0
    if arguments == ["compile"]:
        compile_all()
        return 0
    print("usage: messages.py extract | compile", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
