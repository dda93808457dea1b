"""The section ``derived``: numbers that need no analysis, each with its formula in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Section
from evidentia.config.units import Unit
from evidentia.core.errors import EvidentiaError
from evidentia.core.units import UNITS

FORMS = ("formula", "sum", "mean", "difference", "ratio", "share", "rate", "product", "days")
Pair = tuple[str, str]


class Rate(Section):
    """A count for each so many."""

    count: str = Field(description="Number id of what is counted")
    of: str = Field(description="Number id of those among whom it is counted, such as a population")
    per: Literal[100, 1000, 10000, 100000, 1000000] = 1000


class Derived(Section):
    """A number computed from others of the ledger: by a formula, or in one of the forms that reports need."""

    formula: str = Field("", description="Over number ids, for example (a.share - b.share) / b.share")
    sum: list[str] | None = Field(None, min_length=1, description="Number ids, or ids with *, of one unit")
    mean: list[str] | None = Field(None, min_length=1, description="Number ids, or ids with *, of one unit")
    difference: Pair | None = Field(None, description="Two number ids: the first minus the second")
    ratio: Pair | None = Field(
        None,
        description="Two number ids: the first divided by the second; n(id, 'relative') prints 21% lower",
    )
    share: Pair | None = Field(None, description="Number ids of a part and of the whole")
    rate: Rate | None = Field(None, description="A count for each 1,000 of a population, say")
    product: Pair | None = Field(None, description="Two number ids, such as a count and pounds for each")
    days: Pair | None = Field(
        None, description="Two number ids of dates: the days from the first to the second"
    )
    unit: Unit = Field("", description="Needed for a formula; of the other forms it follows from the numbers")
    label: str = Field(min_length=1, description="What it is, in words of the report")

    @model_validator(mode="before")
    @classmethod
    def _formula_of_its_form(cls, values: Any) -> Any:
        """Write the formula of a form, so that everything that reads formulas knows it."""
        if not isinstance(values, dict):
            return values
        given = [name for name in FORMS if values.get(name)]
        if len(given) != 1:
            what = f"{' and '.join(given)} are given" if given else "nothing says how the number is computed"
            raise PydanticCustomError(
                "contradiction",
                "{what}; {remedy}",
                {"what": what, "remedy": f"give one of {', '.join(FORMS)}, such as share: [a.helped, a.all]"},
            )
        form = given[0]
        text = values["formula"] if form == "formula" else _formula(form, values[form])
        return {**values, "formula": text} if text else values

    @model_validator(mode="after")
    def _has_a_unit(self) -> Self:
        if self.form == "formula" and not self.unit:
            raise PydanticCustomError("missing_key", "missing", {"key": "unit"})
        return self

    @property
    def form(self) -> str:
        """How it is computed: one of `FORMS`."""
        return next((name for name in FORMS[1:] if getattr(self, name)), "formula")

    def unit_of(self, units: Mapping[str, str], value: Any) -> str:
        """Return the unit of the number.

        Parameters
        ----------
        units : dict of str to str
            Units of the numbers from which it is computed, by id.
        value : number
            What it came to.

        Raises
        ------
        EvidentiaError
            If these cannot be put together so, or config.yaml says another unit.
        """
        found = _unit(self, units, value)
        if self.unit and self.unit != found:
            raise EvidentiaError(
                f"a {self.form} of these numbers is in {found}, not in {self.unit}",
                remedy=f"take 'unit' out, or write unit: {found}",
            )
        return found


def _formula(form: str, given: Any) -> str:
    """Return the formula of a form; nothing where what is given is not of its kind, which is an error."""
    if form == "rate":
        known = given if isinstance(given, dict) else {}
        return (
            f"{known.get('count')} / {known.get('of')} * {known.get('per', 1000)}" if "count" in known else ""
        )
    if not isinstance(given, list) or not all(isinstance(id, str) for id in given):
        return ""
    if form in ("sum", "mean", "days"):
        return f"{form}({', '.join(given)})"
    sign = {"difference": "-", "product": "*"}.get(form, "/")
    return f" {sign} ".join(given)


def _unit(item: Derived, units: Mapping[str, str], value: Any) -> str:
    if item.form == "formula":
        return item.unit
    kinds = list(dict.fromkeys(units.values()))
    shown = ", ".join(f"{id} in {unit}" for id, unit in units.items())
    if item.form == "product":
        money = [unit for unit in kinds if UNITS[unit].accumulates and unit not in ("count", *_RATES)]
        own = money or [unit for unit in kinds if unit not in ("count", "proportion", "ratio")]
        if len(own) == 1:
            return own[0]
        raise EvidentiaError(
            f"no unit follows from {shown}", remedy="multiply a count by pounds, or write a formula"
        )
    if item.form in ("rate", "days"):
        wanted = "count" if item.form == "rate" else "date"
        if kinds != [wanted]:
            raise EvidentiaError(f"a {item.form} is of numbers in {wanted}: {shown}", remedy="name others")
        return f"rate_per_{item.rate.per}" if item.rate else "days"
    if len(kinds) != 1:
        raise EvidentiaError(
            f"a {item.form} is of numbers of one unit: {shown}", remedy="name numbers of one unit"
        )
    if item.form == "share" and not 0 <= value <= 1:
        raise EvidentiaError(f"the part is larger than the whole: {shown}", remedy="name the part first")
    if item.form in ("share", "ratio"):
        return {"share": "proportion", "ratio": "ratio"}[item.form]
    return UNITS[kinds[0]].points if item.form == "difference" else kinds[0]


_RATES = tuple(name for name in UNITS if name.startswith("rate_per_"))
