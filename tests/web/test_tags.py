"""The tag library: what each tag prints."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import timezone, translation

from regulator.web.choices import BREACH, OK, Badge

pytestmark = pytest.mark.usefixtures("plain_static")


@pytest.fixture
def plain_static() -> Any:
    static = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=static), translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def _on_sunday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 1))


def render(source: str, *, query: str = "", **values: Any) -> str:
    request = RequestFactory().get(f"/list/{query}")
    template = Template("{% load i18n web %}" + source)
    return template.render(Context({"request": request, **values}))


def test_an_icon_is_decoration_until_it_has_a_label() -> None:
    assert render('{% icon "check" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/web/icons.svg#check"></use></svg>'
    )
    assert 'role="img" aria-label="查看"' in render('{% icon "eye" "查看" %}')


def test_a_badge_shows_icon_word_and_colour() -> None:
    expected = (
        '<span class="badge badge--ok"><svg class="icon" aria-hidden="true">'
        '<use href="/static/web/icons.svg#check-circle"></use></svg>已通过</span>'
    )
    assert render('{% badge "ok" "已通过" %}') == expected
    assert render("{% badge state %}", state=Badge(OK, "已通过")) == expected
    assert render("{% badge state %}", state=(OK, "已通过")) == expected


def test_a_badge_escapes_its_word_and_an_unknown_tone_is_neutral() -> None:
    html = render("{% badge tone word %}", tone="purple", word="<b>")
    assert "badge--neutral" in html
    assert "&lt;b&gt;" in html


def test_a_badge_may_have_an_icon_of_its_own() -> None:
    html = render("{% badge state %}", state=Badge(BREACH, "超期", "clock"))
    assert "#clock" in html
    assert "badge--breach" in html


def test_a_day_is_written_with_its_weekday() -> None:
    assert render("{{ on|day }}", on=date(2026, 11, 1)) == (
        '<time datetime="2026-11-01">2026年11月1日 周日</time>'
    )
    assert render("{{ on|day }}", on=None) == '<span class="none">—</span>'


def test_a_moment_is_shown_in_the_bureaus_own_time() -> None:
    late = datetime(2026, 10, 31, 17, 5, tzinfo=UTC)
    assert ">2026-11-01 01:05</time>" in render("{{ at|moment }}", at=late)
    assert ">2026-11-01</time>" in render("{{ at|short_day }}", at=late)


@pytest.mark.parametrize(
    ("left", "unit", "words", "tone"),
    [
        (3, "workdays", "还剩 3 个工作日", "neutral"),
        (2, "workdays", "还剩 2 个工作日", "attention"),
        (0, "workdays", "今天到期", "attention"),
        (-1, "workdays", "已超 1 个工作日", "breach"),
        (5, "days", "还剩 5 天", "neutral"),
        (0, "days", "今天到期", "attention"),
        (-2, "days", "已超 2 天", "breach"),
        (1, "hours", "还剩 1 小时", "attention"),
        (-3, "hours", "已超 3 小时", "breach"),
        (30, "minutes", "还剩 30 分钟", "neutral"),
        (-30, "minutes", "已超 30 分钟", "breach"),
    ],
)
def test_a_deadline_says_what_is_left_in_its_own_unit(
    left: int, unit: str, words: str, tone: str
) -> None:
    html = render("{% deadline due left unit %}", due=date(2026, 11, 4), left=left, unit=unit)
    assert words in html
    assert f"deadline--{tone}" in html
    assert "2026年11月4日 周三" in html


def test_a_deadline_of_last_friday_is_over_though_no_working_day_has_passed() -> None:
    html = render(
        "{% deadline due left unit %}",
        due=date(2026, 10, 30),
        left=0,
        unit="workdays",
    )
    assert "已过期" in html
    assert "deadline--breach" in html


def test_a_deadline_without_a_calendar_is_shown_as_provisional() -> None:
    html = render("{% deadline due provisional=True %}", due=date(2027, 3, 1))
    assert "暂定" in html
    assert "deadline__left" not in html


def test_a_missing_deadline_says_so() -> None:
    assert "未设期限" in render("{% deadline due %}", due=None)


def test_a_head_sorts_upwards_first_then_downwards_and_keeps_the_filters() -> None:
    html = render('{% sort_header "name" "名称" %}', query="?q=a&page=3")
    assert 'href="?q=a&amp;sort=name"' in html
    assert 'aria-sort="none"' in html
    html = render('{% sort_header "name" "名称" %}', query="?sort=name")
    assert 'href="?sort=-name"' in html
    assert 'aria-sort="ascending"' in html
    html = render('{% sort_header "name" "名称" numeric=True %}', query="?sort=-name")
    assert 'href="?sort=name"' in html
    assert 'aria-sort="descending" class="num"' in html


def test_page_links_keep_the_query_and_mark_the_page_one_is_on() -> None:
    page = Paginator(list(range(95)), 10).page(2)
    html = render("{% pagination page %}", query="?q=a&page=2", page=page)
    assert 'rel="prev" href="?q=a&amp;page=1"' in html
    assert 'rel="next" href="?q=a&amp;page=3"' in html
    assert 'aria-current="page" href="?q=a&amp;page=2"' in html


def test_a_single_page_has_no_links() -> None:
    assert render("{% pagination page %}", page=Paginator([1], 10).page(1)).strip() == ""


def test_spans_are_marked_in_place_and_the_rest_is_escaped() -> None:
    html = render("{{ text|mark_spans:spans }}", text="a<b 函数 c", spans=[(4, 6)])
    assert html == 'a&lt;b <mark class="mark mark--breach">函数</mark> c'


def test_overlapping_and_reversed_spans_mark_every_character_once() -> None:
    html = render("{{ text|mark_spans:spans }}", text="甲乙丙丁", spans=[(1, 3, "unknown"), (0, 2)])
    assert html == (
        '<mark class="mark mark--breach">甲乙</mark><mark class="mark mark--unknown">丙</mark>丁'
    )
    html = render("{{ text|mark_spans:spans }}", text="甲乙", spans=[(2, 1), (5, 9), (1, 9)])
    assert html == '甲<mark class="mark mark--breach">乙</mark>'


def test_every_occurrence_of_a_word_is_marked() -> None:
    html = render("{{ text|mark_word:word }}", text="小班小课", word="小")
    assert html.count("<mark") == 2
    assert render("{{ text|mark_word:word }}", text="a&b", word="") == "a&amp;b"


def test_money_is_written_from_fen() -> None:
    assert render("{{ amount|yuan }}", amount=128050) == "1,280.50"
    assert render("{{ amount|yuan }}", amount=None) == "—"


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 10, 0), (1, 3, 33), (3, 3, 100), (5, 3, 100), (1, None, 0)]
)
def test_percent_is_whole_and_never_more_than_all(
    done: int, total: int | None, percent: int
) -> None:
    html = render("{{ done|percent_of:total }}", done=done, total=total)
    assert html == str(percent)


class _Dates(forms.Form):
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date", "class": "wide"}))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_date_input_gets_the_only_form_that_browsers_take(language: str) -> None:
    with translation.override(language):
        form = _Dates(initial={"on": date(2026, 11, 1)})
        html = render('{{ field|with_class:"input" }}', field=form["on"])
    assert 'value="2026-11-01"' in html
    assert 'class="wide input"' in html


class _Sentence(forms.Form):
    kind = forms.CharField(label="类别", help_text="的")
    state = forms.CharField(label="，状态")
    q = forms.CharField(label="名称含", help_text="的机构")


def test_no_line_of_a_filter_sentence_begins_with_a_comma() -> None:
    html = render(
        "{% for p in form|sentence_parts %}{{ p.before }}[]{{ p.after }}|{% endfor %}",
        form=_Sentence(),
    )
    assert html == "类别[]的，|状态[]|名称含[]的机构|"


def test_a_reader_keeps_the_theme_and_size_they_chose_and_nothing_else() -> None:
    request = RequestFactory().get("/")
    request.COOKIES.update({"theme": "dark", "text": '"><script>'})
    html = Template("{% load web %}<html{% preferences %}>").render(Context({"request": request}))
    assert html == '<html data-theme="dark">'
