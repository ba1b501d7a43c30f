"""The days off as the `holidays` package knows them: what the first filling of the table was taken from."""

from collections.abc import Iterator

from holidays import country_holidays

MISPRINT, MEANT = "Pegangti", "Pengganti"


def rows(years: range) -> Iterator[tuple[str, str, str, str, str]]:
    """(date, kind, whether it is known for certain, name, English name), one for each day off, in order."""
    for year in years:
        found = {}
        for category, kind in (("government", "joint_leave"), ("public", "national")):
            english = country_holidays("ID", years=year, categories=(category,), language="en_US")
            for day, name in country_holidays("ID", years=year, categories=(category,), language="id").items():
                plain = name.replace(" (perkiraan)", "").replace(MISPRINT, MEANT)
                certain = "no" if plain.replace(MEANT, MISPRINT) != name else "yes"
                found[day] = (day.isoformat(), kind, certain, plain, english[day].replace(" (estimated)", ""))
        yield from (found[day] for day in sorted(found))
