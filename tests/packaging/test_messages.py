"""Texts are found in Python and templates, joined with their English, and compiled."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tests.packaging.scripts import load_script

messages = load_script("messages")

TEMPLATE = """{% load i18n %}
    <p>{% trans "登录" %}</p>
  <p>{% blocktrans count n=total %}共 {{ n }} 家{% plural %}共 {{ n }} 家{% endblocktrans %}</p>
{% include "x.html" with label=_("下一步") %}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "regulator").mkdir()
    (tmp_path / "templates").mkdir()
    source = 'from x import gettext_lazy as _\nT = _("退回")\nV = _("退")  # short\n'
    (tmp_path / "regulator" / "texts.py").write_text(source, "utf-8")
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, "utf-8")
    return tmp_path


def test_texts_are_found_in_python_and_in_templates(root: Path) -> None:
    assert {(text.msgid, text.plural) for text in messages.all_texts(root)} == {
        ("退回", None),
        ("退", None),
        ("登录", None),
        ("共 %(n)s 家", "共 %(n)s 家"),
        ("下一步", None),
    }


def test_a_part_gives_english_with_its_plural_and_its_line_breaks(tmp_path: Path) -> None:
    part = (
        "# msgid\tEnglish\n登录\tSign in\n共 %(n)s 家\t%(n)s school\t%(n)s schools\n"
        "一\\n二\ta\\nb\n"
    )
    (tmp_path / "lead.en.tsv").write_text(part, "utf-8")
    assert messages.english_parts(tmp_path) == {
        "登录": ("Sign in",),
        "共 %(n)s 家": ("%(n)s school", "%(n)s schools"),
        "一\n二": ("a\nb",),
    }


def test_the_catalogue_compiles_and_an_untranslated_text_stays_empty(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locale = root / "locale"
    folder = locale / "en" / "LC_MESSAGES"
    (locale / "parts").mkdir(parents=True)
    part = "登录\tSign in\n共 %(n)s 家\t%(n)s school\t%(n)s schools\n"
    (locale / "parts" / "a.en.tsv").write_text(part, "utf-8")
    monkeypatch.setattr(messages, "LOCALE", locale)
    monkeypatch.setattr(messages, "ENGLISH", folder / "django.po")
    monkeypatch.setattr(messages, "ROOT", root)
    found = messages.all_texts
    monkeypatch.setattr(messages, "all_texts", lambda: found(root))
    assert messages.write_english() == ["下一步", "退", "退回"]
    messages.compile_all()
    with (folder / "django.mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("登录") == "Sign in"
    assert english.ngettext("共 %(n)s 家", "共 %(n)s 家", 2) == "%(n)s schools"
    assert english.gettext("退回") == "退回"


def test_the_same_sources_give_the_same_catalogue(root: Path) -> None:
    texts = messages.all_texts(root)
    first, second = (messages.catalogue_of(texts, {"登录": ("Sign in",)}) for _ in range(2))
    assert [(m.id, m.string) for m in first] == [(m.id, m.string) for m in second]
    assert first.creation_date == second.creation_date
