"""Numbers as values, in digits or in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.numbers import Number, numbers, other_forms

UNITS = [
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize",
]  # fmt: skip
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def values(text: str) -> list[float]:
    return [number.value for number in numbers(text)]


def in_french(n: int) -> str:
    """2 to 99, as it is written."""
    if n < 17:
        return UNITS[n - 2]
    if n < 20:
        return f"dix-{UNITS[n - 12]}"
    if n >= 80:
        rest = n - 80
        return "quatre-vingts" if not rest else f"quatre-vingt-{'un' if rest == 1 else in_french(rest)}"
    ten = 60 if n >= 60 else n // 10 * 10
    rest = n - ten
    if not rest:
        return TENS[ten]
    return f"{TENS[ten]} et {'un' if rest == 1 else 'onze'}" if rest in {1, 11} else f"{TENS[ten]}-{in_french(rest)}"


@settings(deadline=None)
@given(st.integers(0, 2**53))
def test_any_whole_number_in_digits_is_read_back(n):
    assert values(str(n)) == [n]


@settings(deadline=None)
@given(st.integers(0, 10**12))
def test_any_number_with_thousands_apart_is_read_back(n):
    for blank in (" ", "\u00a0", "\u202f"):
        assert values(f"{n:,}".replace(",", blank)) == [n]


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 999))
def test_any_decimal_is_read_with_a_comma(whole, part):
    assert values(f"{whole},{part:02}") == [pytest.approx(float(f"{whole}.{part:02}"))]


@pytest.mark.parametrize("n", range(2, 100))
def test_every_french_number_below_a_hundred_is_read(n):
    assert values(f"sous {in_french(n)} jours") == [n]


@settings(deadline=None)
@given(st.integers(2, 9), st.integers(20, 69).filter(lambda n: n % 10 != 1))
def test_hundreds_and_tens_add_up(hundreds, rest):
    assert values(f"{in_french(hundreds)} cent {in_french(rest)} mots") == [100 * hundreds + rest]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quatre-vingt-dix-sept jours", [97]),
        ("Quatre-Vingt-Dix-Sept", [97]),
        ("soixante et onze", [71]),
        ("cent vingt", [120]),
        ("deux cents", [200]),
        ("deux mille trois cents", [2300]),
        ("mille neuf cent quatre-vingt-quatre", [1984]),
        ("deux cent mille", [200_000]),
        ("septante-deux", [72]),
        ("twenty-one days", [21]),
        ("one hundred and five", [105]),
        ("seventeen", [17]),
        ("six months", [6]),
        ("cent et une pages", [101]),
    ],
)
def test_composites_in_words_are_one_value(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize("text", ["cent six pages", "mille six pages"])
def test_six_after_a_hundred_or_a_thousand_counts(text):
    assert values(text) == [{"cent": 106, "mille": 1006}[text.split()[0]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 à 15 jours", [12, 15]),
        ("12-15 jours", [12, 15]),
        ("trois à quatre jours", [3, 4]),
        ("2024-2025", [2024, 2025]),
        ("dix, vingt", [10, 20]),
        ("le 14/07/2026", [14, 7, 2026]),
    ],
)
def test_both_ends_of_a_range_are_read(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize("text", ["entre deux et trois ans", "between two and three years"])
def test_two_numbers_joined_by_and_stay_two(text):
    assert values(text) == [2, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.200", 1200), ("12.500.000", 12_500_000), ("1 200", 1200), ("1,5", 1.5), ("1.5", 1.5), ("0,25", 0.25)],
)
def test_points_and_commas_part_thousands_or_decimals(text, expected):
    assert values(text) == [expected]


def test_thousands_and_decimals_make_one_number():
    assert values("12 345,67 euros") == [12345.67]


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"], ids=["hyphen", "true hyphen", "no-break hyphen"])
def test_every_hyphen_joins_number_words(hyphen):
    assert values(f"quatre{hyphen}vingt{hyphen}dix ans") == [90]


def test_a_year_does_not_join_the_number_after_it():
    assert values("en 2025 200 personnes") == [2025, 200]


@pytest.mark.parametrize(("text", "expected"), [("10 m²", [10]), ("²", []), ("12³", [12]), ("½", []), ("x₂", [])])
def test_superscripts_and_fractions_are_no_numbers_and_do_not_crash(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("a one-hour meeting", [1]), ("one week", [1]), ("one person", []), ("one", [])]
)
def test_one_counts_before_a_unit_of_time_only(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize("text", ["un jour", "une semaine", "l’un et l’autre", "un", "Une"])
def test_un_and_une_alone_are_articles(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("la moitié des places", 50, "%"), ("les trois quarts", 75, "%"), ("un quart des adhérents", 25, "%"),
        ("en un quart d’heure", 15, "minutes"), ("une demi-heure", 30, "minutes"), ("chaque trimestre", 3, "mois"),
        ("une quarantaine de lignes", 40, ""), ("plus de six siècles", 600, "ans"),
    ],
)  # fmt: skip
def test_what_is_said_in_words_has_another_form_in_figures(text, value, unit):
    assert [(form.value, form.after) for form in other_forms(text)] == [(value, (unit,) if unit else ())]


@pytest.mark.parametrize("text", ["", "quartier", "quatre", "au siècle dernier"])
def test_other_words_have_no_other_form(text):
    assert other_forms(text) == []


@pytest.mark.parametrize("text", ["septembre", "dixième", "centime", "et", "and", "l’exil", "", "-", "vingtaine"])
def test_words_that_hold_a_number_word_are_none(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("12 mois avant", ("mois", "avant")),
        ("douze mois avant", ("mois", "avant")),
        ("3 %", ("%",)),
        ("3€", ("€",)),
        ("12 MOIS", ("mois",)),
        ("12.", ()),
        ("12, mois", ()),
    ],
)
def test_a_number_keeps_the_two_words_after_it(text, after):
    assert [number.after for number in numbers(text)] == [after]


def test_numbers_come_in_the_order_of_the_text_with_their_place():
    assert numbers("dix jours, 3 mois") == [Number(10, ("jours",), 0), Number(3, ("mois",), 11)]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error_and_in_order(text):
    starts = [number.start for number in numbers(text)]
    assert starts == sorted(starts)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*UNITS, "cent", "mille", "et", "un", "one", "-", " ", ",", "12", "²"]), max_size=12))
def test_any_shuffle_of_number_words_is_read_without_an_error(words):
    assert all(number.value >= 0 for number in numbers(" ".join(words)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("une fois par an", [1]),
        ("Une fois par mois", [1]),
        ("pendant un an", [1]),
        ("dans un mois", [1]),
        ("vingt et un ans", [21]),
        ("une fois", []),
        ("un animateur", []),
    ],
)
def test_un_counts_before_a_time(text, expected):
    assert values(text) == expected


def test_a_hyphen_leads_to_the_unit_too():
    (number,) = numbers("a one-hour talk")
    assert number.after == ("hour", "talk")


@pytest.mark.parametrize("text", ["chaque année", "une revue annuelle", "tous les ans", "toutes les semaines"])
def test_what_comes_again_each_time_comes_once(text):
    assert Number(1, ("fois",), 0) in [Number(n.value, n.after, 0) for n in other_forms(text)]
