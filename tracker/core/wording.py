"""Translation, labels of codes, and filters that format dates and numbers in both languages."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

import flask_babel
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_app_context, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from tracker.core.clock import Zone, local, office_zone

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT_LANGUAGE = "id"
#: Key in `app.extensions` of the languages that the office offers, its own first (`core.office`).
OFFERED = "offered_languages"
# British English for the order of dates: «21 October 2020», not «October 21, 2020».
LOCALES = {"id": "id", "en": "en_GB"}
#: Older Android browsers ask for Indonesian by this code, which ISO 639 withdrew.
_OLD_INDONESIAN = "in"
_LANGUAGE_OF_SESSION = "language"
#: A whole number in a sentence is a count: `%(num)d`. A year or a number that names something is `%(year)s`.
_COUNT = re.compile(r"%\((\w+)\)d")
#: From here on, counts are written with separators: «2.231 hari».
_SEPARATED = 1_000
_spoken: ContextVar[str | None] = ContextVar("spoken_language", default=None)


class Shape(StrEnum):
    """The sign of a state; components/shapes.html draws it."""

    LATE = "late"
    WAIT = "wait"
    DONE = "done"
    OPEN = "open"
    RUN = "run"
    PAUSE = "pause"
    ENDED = "ended"


#: Tones of the badges whose codes have a sign.
_TONE_OF = {Shape.LATE: "bad", Shape.WAIT: "warn", Shape.DONE: "good"}

Words = Mapping[type[StrEnum], Mapping[Any, LazyString]]
Tones = Mapping[type[StrEnum], Mapping[Any, str]]
Shapes = Mapping[type[StrEnum], Mapping[Any, Shape]]
_words: dict[type[StrEnum], Mapping[Any, LazyString]] = {}
_tones: dict[type[StrEnum], Mapping[Any, str]] = {}
_shapes: dict[type[StrEnum], Mapping[Any, Shape]] = {}
_steps: dict[type[StrEnum], Mapping[Any, LazyString]] = {}
_sentences: dict[tuple[str, str], LazyString] = {}


def lazy_gettext(sentence: str, /, **values: object) -> LazyString:
    return LazyString(gettext, sentence, **values)


def gettext(sentence: str, /, **values: object) -> str:
    translation = _translated(sentence)
    return _filled(translation, values) if values else translation


def _filled(translation: str, values: Mapping[str, object]) -> str:
    if any(isinstance(value, int) and abs(value) >= _SEPARATED for value in values.values()):
        counts = _COUNT.sub(lambda found: number(cast(int, values[found[1]])), translation)
        translation = type(translation)(counts)  # as it was: a sentence, or markup
    return translation % values


def _translated(sentence: str) -> str:
    return _translated_to(language(), sentence) if has_app_context() else sentence


@lru_cache(maxsize=8192)
def _translated_to(code: str, sentence: str) -> str:
    """Cached, since a page has hundreds of sentences that are the same at every visit."""
    with force_locale(LOCALES[code]):
        return str(flask_babel.gettext(sentence))


@pass_eval_context
def _gettext_in_template(context: EvalContext, sentence: str, /, **values: object) -> str:
    """`_()` for templates, like Jinja's: always a format string; in HTML the values are escaped."""
    if not context.autoescape:
        return _filled(_translated(sentence), values)
    translation = _marked_up(language(), sentence)
    return _filled(translation, values) if values or "%" in translation else translation


@lru_cache(maxsize=8192)
def _marked_up(code: str, sentence: str) -> Markup:
    return Markup(_translated_to(code, sentence))  # noqa: S704  # our own sentence; what is filled in is escaped


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    return _filled(_plural(singular, plural, count), {"num": count, **values})


def _plural(singular: str, plural: str, count: int) -> str:
    if not has_app_context():
        return singular if count == 1 else plural
    return _plural_in(language(), singular, plural, count)


@lru_cache(maxsize=8192)
def _plural_in(code: str, singular: str, plural: str, count: int) -> str:
    with force_locale(LOCALES[code]):
        return str(flask_babel.get_translations().ungettext(singular, plural, count))


@pass_eval_context
def _ngettext_in_template(context: EvalContext, singular: str, plural: str, count: int, /, **values: object) -> str:
    """`ngettext()` for templates, like `_()`."""
    translation = _plural(singular, plural, count)
    if context.autoescape:
        translation = Markup(translation)  # noqa: S704  # our own sentence; what is filled in is escaped
    return _filled(translation, {"num": count, **values})


@contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Use this language within the block, where no browser has chosen one: mails, and texts stored in both."""
    token = _spoken.set(code if code in LANGUAGES else offered()[0])
    try:
        with force_locale(_locale()):
            yield
    finally:
        _spoken.reset(token)


def language() -> str:
    spoken = _spoken.get()
    if spoken:
        return spoken
    return _chosen() if has_request_context() else offered()[0]


def offered() -> tuple[str, ...]:
    """The languages to choose from, the office's own first."""
    every = tuple(LANGUAGES)
    return cast(tuple[str, ...], current_app.extensions.get(OFFERED, every)) if has_app_context() else every


def _chosen() -> str:
    chosen = session.get(_LANGUAGE_OF_SESSION)
    return chosen if chosen in offered() else _of_browser()


def _of_browser() -> str:
    codes = offered()
    older = (_OLD_INDONESIAN,) if "id" in codes else ()
    best = request.accept_languages.best_match((*codes, *older), default=codes[0])
    return "id" if best == _OLD_INDONESIAN else best


def _begin_speaking() -> None:
    """Determine the language once per request, since a page needs it hundreds of times."""
    if _spoken.get() is None:
        g.spoken = _spoken.set(_chosen())


def _end_speaking(_: BaseException | None) -> None:
    token: Token[str | None] | None = g.pop("spoken", None)
    if token is not None:
        _spoken.reset(token)


def speak_as_asked(else_in: str | None) -> None:
    """For the rest of a request of a program, which has no cookie: what it asks for, else the given language."""
    if not request.accept_languages or (asked := request.accept_languages.best_match(offered())) is None:
        asked = else_in if else_in in offered() else offered()[0]
    if "spoken" in g:
        _spoken.set(asked)


def remember_language(code: str) -> None:
    if code in offered():
        session[_LANGUAGE_OF_SESSION] = code
        if "spoken" in g:
            _spoken.set(code)


def register(
    words: Words, tones: Tones | None = None, steps: Words | None = None, shapes: Shapes | None = None
) -> None:
    _words.update(words)
    _tones.update(tones or {})
    _steps.update(steps or {})
    _shapes.update(shapes or {})


def register_events(subject: str, sentences: Mapping[str, LazyString]) -> None:
    _sentences.update({(subject, verb): sentence for verb, sentence in sentences.items()})


def sentence(event: Any) -> str:
    return str(_sentences[event.subject, event.verb])


def registered() -> Words:
    return _words


def label(code: StrEnum) -> str:
    return _label_in(language(), code) if has_app_context() else str(_words[type(code)][code])


@lru_cache(maxsize=4096, typed=True)
def _label_in(language_code: str, code: StrEnum) -> str:
    with force_locale(LOCALES[language_code]):
        return str(_words[type(code)][code])


def step(code: StrEnum) -> str:
    """The verb on a button that leads to this state: «Setujui» for «Disetujui»."""
    return str(_steps[type(code)][code])


def tone(code: StrEnum) -> str:
    """Badge tone of a code: neutral, info, good, warn or bad."""
    if sign := shape(code):
        return _TONE_OF.get(sign, "neutral")
    return _tones.get(type(code), {}).get(code, "neutral")


def shape(code: StrEnum) -> Shape | None:
    """The sign of a state; None for a code that is no state."""
    return _shapes.get(type(code), {}).get(code)


def _locale() -> str:
    return LOCALES[language()]


@lru_cache(maxsize=4096)
def _written(value: date, pattern: str, locale: str) -> str:
    """Cached, since long lists contain the same few dates many times."""
    return format_date(value, pattern, locale=locale)


def day(value: date) -> str:
    """«Rabu, 21 Oktober 2020», «Wednesday, 21 October 2020»."""
    return _written(value, "EEEE, d MMMM y", _locale())


def days(first: date, last: date | None) -> str:
    """«Rabu, 21 Oktober 2020»; if it ends on another day: «Rabu, 21 Oktober – Kamis, 22 Oktober 2020»."""
    if last is None or last == first:
        return day(first)
    same_year = first.year == last.year
    return f"{_written(first, 'EEEE, d MMMM', _locale()) if same_year else day(first)} – {day(last)}"


def short_days(first: date, last: date | None) -> str:
    """«21 Okt 2020», «21–22 Okt 2020», «30 Okt – 2 Nov 2020»."""
    if last is None or last == first:
        return short_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short_day(last)}"
    return f"{_written(first, 'd MMM', _locale()) if first.year == last.year else short_day(first)} – {short_day(last)}"


def long_day(value: date) -> str:
    """«21 Oktober 2020», «21 October 2020»."""
    return _written(value, "d MMMM y", _locale())


def month(value: date) -> str:
    return _written(value, "MMMM y", _locale())


def short_day(value: date) -> str:
    """«21 Okt 2020», «21 Oct 2020»."""
    return _written(value, "d MMM y", _locale())


def day_and_month(value: date) -> str:
    """«21 Okt», «21 Oct»."""
    return _written(value, "d MMM", _locale())


def weekday_and_day(value: date) -> str:
    """«Sab 5 Des 2020», «Sat 5 Dec 2020»."""
    return _written(value, "EEE d MMM y", _locale())


def weekday(value: date) -> str:
    return _written(value, "EEEE", _locale())


def weekday_name(number: int) -> str:
    """«Senin» for 0."""
    return weekday(date(2024, 1, 1 + number))  # a Monday


def moment(value: datetime) -> str:
    """«21 Okt 2020, 13.30 WIB»: in the time zone of the office."""
    there = local(value)
    return f"{short_day(there.date())}, {clock(there.time())} {office_zone().name}"


def clock(value: time) -> str:
    """«13.30», «13:30»."""
    return value.strftime("%H.%M" if language() == "id" else "%H:%M")


def hours(begun: time, ended: time | None, on: date, last: date | None) -> str:
    """«22.00–01.30»; if it ends on another day, with the date: «22.00–01.30 (22 Okt 2020)»."""
    if ended is None:
        return clock(begun)
    span = f"{clock(begun)}–{clock(ended)}"
    return f"{span} ({short_day(last)})" if last and last != on else span


def number(value: Decimal | int | float) -> str:
    """«1.234,5», «1,234.5»."""
    return _number_in(_locale(), value)


@lru_cache(maxsize=4096)
def _number_in(locale: str, value: Decimal | int | float) -> str:
    return format_decimal(value, "#,##0.######", locale=locale)


def initials(name: str) -> str:
    """«TR» of «Teuku Rahman»: first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else ""


def either(indonesian: str | None, english: str | None) -> str:
    first, second = (english, indonesian) if language() == "en" else (indonesian, english)
    return first or second or ""


def in_words(row: object, attribute: str) -> str:
    return either(getattr(row, f"{attribute}_id"), getattr(row, f"{attribute}_en"))


def set_up(app: Flask) -> None:
    app.config.update(
        BABEL_DEFAULT_LOCALE="id",
        BABEL_DEFAULT_TIMEZONE=Zone.WIB.value,
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    Babel(app, locale_selector=_locale)
    app.before_request(_begin_speaking)
    app.teardown_request(_end_speaking)
    app.jinja_env.globals.update(_=_gettext_in_template, ngettext=_ngettext_in_template)
    app.jinja_env.filters.update(
        label=label, step=step, tone=tone, shape=shape, day=day, days=days, long_day=long_day, short_day=short_day,
        short_days=short_days, weekday=weekday, weekday_name=weekday_name, weekday_and_day=weekday_and_day,
        month=month, hours=hours, moment=moment, clock=clock, number=number, initials=initials, in_words=in_words,
        either=either, day_and_month=day_and_month,
        sentence=sentence,
    )  # fmt: skip
    app.jinja_env.globals.update(get_locale=get_locale)
    app.context_processor(
        lambda: {
            "locale_code": language(), "languages": LANGUAGES, "offered_languages": offered(), "full_path": _here(),
        }
    )  # fmt: skip


def _here() -> str:
    """The current URL, for returning to it; empty if it cannot be shown."""
    path = request.full_path.rstrip("?") if has_request_context() else "/"
    return path if path.isprintable() else "/"
