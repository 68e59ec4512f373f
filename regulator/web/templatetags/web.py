"""Template tags every page may use: `{% load web %}`. Documented in docs/design.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import Textarea
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from regulator.kernel.money import format_yuan
from regulator.web import choices

register = template.Library()

_ISO_FORMATS = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M", "time": "%H:%M"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with `label` it speaks, without it is decoration."""
    href = f"{static('web/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def badge(tone: Any, label: Any = "", icon_name: str = "") -> SafeString:
    """A state: icon, word and colour together. Takes a tone and a word, or a `Badge`."""
    if isinstance(tone, choices.Badge):
        tone, label, icon_name = tone.tone, tone.label, tone.icon
    elif isinstance(tone, (tuple, list)):
        tone, label = tone
    if tone not in choices.TONES:
        tone = choices.NEUTRAL
    return format_html(
        '<span class="badge badge--{}">{}{}</span>',
        tone,
        icon(icon_name or choices.TONE_ICONS[tone]),
        label,
    )


@register.filter
def tone_icon(tone: str) -> str:
    """The icon's name of a tone."""
    return choices.TONE_ICONS.get(tone, "dot")


@register.filter
def notice_icon(tone: str) -> str:
    """The icon's name of a notice: like the tone's, but neutral ones inform."""
    return "info" if tone in ("", None, choices.NEUTRAL) else tone_icon(tone)


@register.filter
def step_icon(state: str) -> str:
    """The icon's name of a journey step's state."""
    return choices.STEP_ICONS.get(state, "dot")


def _as_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@register.filter
def day(value: date | datetime | None) -> SafeString:
    """A date with its weekday, in a <time> element; an empty value is a dash."""
    if not value:
        return mark_safe('<span class="none">—</span>')
    on = _as_day(value)
    text = gettext("%(date)s %(weekday)s") % {
        "date": date_format(on, gettext("Y年n月j日")),
        "weekday": choices.WEEKDAYS[on.weekday()],
    }
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), text)


@register.filter
def short_day(value: date | datetime | None) -> SafeString:
    """A date for table cells: 2026-11-01, tabular figures."""
    if not value:
        return mark_safe('<span class="none">—</span>')
    on = _as_day(value)
    return format_html('<time datetime="{0}">{0}</time>', on.isoformat())


@register.filter
def moment(value: datetime | None) -> SafeString:
    """A moment in the bureau's own time: 2026-11-01 14:30."""
    if not value:
        return mark_safe('<span class="none">—</span>')
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), local.strftime("%Y-%m-%d %H:%M")
    )


@register.filter
def is_past(ends_before: date | datetime | None) -> bool:
    """Whether a half-open range that ends before this day is over today; open ranges are not."""
    return ends_before is not None and _as_day(ends_before) <= timezone.localdate()


@register.filter
def yuan(amount_fen: int | None) -> str:
    """Fen as yuan with separators; an empty value is a dash."""
    return "—" if amount_fen is None else format_yuan(amount_fen)


@register.filter
def dash(value: Any) -> Any:
    """The value, or a quiet dash where there is none."""
    return value if value not in (None, "") else mark_safe('<span class="none">—</span>')


def _left_text(left: int, unit: str) -> str:
    count = abs(left)
    params = {"count": count}
    late = left < 0
    texts = {
        ("workdays", False): ngettext("还剩 %(count)s 个工作日", "还剩 %(count)s 个工作日", count),
        ("workdays", True): ngettext("已超 %(count)s 个工作日", "已超 %(count)s 个工作日", count),
        ("days", False): ngettext("还剩 %(count)s 天", "还剩 %(count)s 天", count),
        ("days", True): ngettext("已超 %(count)s 天", "已超 %(count)s 天", count),
        ("hours", False): ngettext("还剩 %(count)s 小时", "还剩 %(count)s 小时", count),
        ("hours", True): ngettext("已超 %(count)s 小时", "已超 %(count)s 小时", count),
        ("minutes", False): ngettext("还剩 %(count)s 分钟", "还剩 %(count)s 分钟", count),
        ("minutes", True): ngettext("已超 %(count)s 分钟", "已超 %(count)s 分钟", count),
    }
    return texts[unit, late] % params


def _deadline_tone(left: int | None, soon: int) -> str:
    if left is None or left > soon:
        return choices.NEUTRAL
    return choices.ATTENTION if left >= 0 else choices.BREACH


@register.inclusion_tag("components/deadline.html")
def deadline(
    due: date | datetime | None,
    left: int | None = None,
    unit: str = "workdays",
    soon: int = 2,
    provisional: bool = False,
) -> dict[str, Any]:
    """A deadline: date, weekday, and what is left in its own unit (negative `left` = overdue)."""
    day = _day_of(due)
    # Due on Friday, looked at on Sunday: no working day has passed, and yet it is over.
    over = left == 0 and day is not None and day < timezone.localdate()
    if left is None:
        text = ""
    elif over:
        text = gettext("已过期")
    elif left == 0 and unit in ("workdays", "days"):
        text = gettext("今天到期")
    else:
        text = _left_text(left, unit)
    return {
        "due": due,
        "left_text": text,
        "tone": choices.BREACH if over else _deadline_tone(left, soon),
        "provisional": provisional,
    }


def _day_of(due: date | datetime | None) -> date | None:
    return timezone.localtime(due).date() if isinstance(due, datetime) else due


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: Context, key: str, label: str, numeric: bool = False, css: str = ""
) -> dict[str, Any]:
    """A `<th>` that sorts by `?sort=key` / `?sort=-key`, keeping the rest of the query."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    current = query.get("sort", "") if query is not None else ""
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    target = f"-{key}" if direction == "ascending" else key
    if query is None:
        href = f"?sort={target}"
    else:
        query["sort"] = target
        query.pop("page", None)
        href = f"?{query.urlencode()}"
    arrow = {"ascending": "sort-up", "descending": "sort-down", "none": "sort"}[direction]
    classes = " ".join(part for part in ("num" if numeric else "", css) if part)
    return {"label": label, "href": href, "direction": direction, "arrow": arrow, "css": classes}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the pages of a Django `Page`, keeping the rest of the query."""
    request = context.get("request")
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "query": request.GET if request else QueryDict(),
        "page": page,
        "numbers": list(numbers),
        "ellipsis": page.paginator.ELLIPSIS,
    }


def _clean_spans(spans: Iterable[Sequence[Any]], length: int) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    reached = 0
    for span in sorted(spans, key=lambda item: (item[0], -item[1])):
        start, end = max(int(span[0]), reached), min(int(span[1]), length)
        if start < end:
            kept.append((start, end, str(span[2]) if len(span) > 2 else choices.BREACH))
            reached = end
    return kept


@register.filter
def mark_spans(text: str, spans: Iterable[Sequence[Any]] | None) -> SafeString:
    """`text` with `(start, end[, tone])` character ranges in <mark>; the left one wins."""
    pieces: list[tuple[Any]] = []
    reached = 0
    for start, end, tone in _clean_spans(spans or (), len(text)):
        pieces.append((conditional_escape(text[reached:start]),))
        marked = format_html('<mark class="mark mark--{}">{}</mark>', tone, text[start:end])
        pieces.append((marked,))
        reached = end
    pieces.append((conditional_escape(text[reached:]),))
    return format_html_join("", "{}", pieces)


@register.filter
def mark_word(text: str, word: str) -> SafeString:
    """`text` with every occurrence of `word` in <mark>: search results, evidence words."""
    if not word:
        return conditional_escape(text)
    spans, at = [], text.find(word)
    while at >= 0:
        spans.append((at, at + len(word), "found"))
        at = text.find(word, at + len(word))
    return mark_spans(text, spans)


_CHINESE_RUN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff《》“”、（）：；，。]+")


@register.filter
def chinese_runs(text: Any) -> SafeString:
    """A sentence that quotes Chinese data: on a page in another language the quotes are marked."""
    if (get_language() or "zh").startswith("zh"):
        return conditional_escape(text)
    sentence, reached, pieces = str(text), 0, []
    for run in _CHINESE_RUN.finditer(sentence):
        quoted = format_html('<span lang="zh">{}</span>', run.group())
        pieces += [(conditional_escape(sentence[reached : run.start()]),), (quoted,)]
        reached = run.end()
    return format_html_join("", "{}", [*pieces, (conditional_escape(sentence[reached:]),)])


@register.filter
def percent_of(done: int | None, total: int | None) -> int:
    """Whole percent done, 0 to 100; unknown totals are 0."""
    if not total or not done:
        return 0
    return max(0, min(100, int(done) * 100 // int(total)))


@register.simple_tag(takes_context=True)
def preferences(context: Context) -> SafeString:
    """The attributes of <html> that the reader's cookies choose: theme and text size."""
    request = context.get("request")
    cookies = request.COOKIES if request else {}
    theme, size = cookies.get("theme", ""), cookies.get("text", "")
    parts = []
    if theme in choices.THEMES[1:]:
        parts.append(("data-theme", theme))
    if size in choices.TEXT_SIZES[1:]:
        parts.append(("data-text", size))
    return format_html_join("", ' {}="{}"', parts)


@register.filter
def widget_kind(field: Any) -> str:
    """The class that a form field's widget gets: input, select, textarea, check, file, choices."""
    name = type(field.field.widget).__name__
    kinds = {
        "Select": "select",
        "SelectMultiple": "select",
        "NullBooleanSelect": "select",
        "Textarea": "textarea",
        "CheckboxInput": "check",
        "RadioSelect": "choices",
        "CheckboxSelectMultiple": "choices",
        "FileInput": "file",
        "ClearableFileInput": "file",
    }
    return kinds.get(name, "input")


@register.filter
def with_class(field: Any, css: str) -> SafeString:
    """The bound field's widget with a class added to its own.

    A date goes into a date input as ISO 8601, whatever the page's language: browsers take no other.
    What is written at length is Chinese data, on an English page too.
    """
    widget = field.field.widget
    iso = _ISO_FORMATS.get(getattr(widget, "input_type", ""))
    if iso:
        widget.format = iso
    own = widget.attrs.get("class", "")
    attrs = {"class": f"{own} {css}".strip()}
    if isinstance(widget, Textarea):
        attrs["lang"] = "zh"
    return field.as_widget(attrs=attrs)


@register.filter
def sentence_parts(form: Any) -> list[dict[str, Any]]:
    """The visible fields of a filter form as parts of a sentence: `before`, `field`, `after`.

    A comma at the head of a label goes to the end of the part before it, so that no line of the
    sentence begins with one.
    """
    parts: list[dict[str, Any]] = []
    for field in form.visible_fields():
        before = str(field.label)
        if parts and before[:1] in ("，", "、", ","):
            parts[-1]["after"] += before[0]
            before = before[1:].lstrip()
        parts.append({"before": before, "field": field, "after": str(field.help_text)})
    return parts
