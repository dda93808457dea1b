"""Synthetic records for Future4Me: invented young people and offences that lead to every figure of the
published Table 1.

    python data/synthesise/future4me.py [SEED]

writes data/future4me/people.csv and data/future4me/offences.csv. The CSV files are kept beside this script,
because random streams differ between versions of numpy. The way: draw plausible people, then change them by
simulated annealing, with moves that keep each group's sums, until the weighted means and the effective sample
sizes are those that were published; draw who reoffends from a risk model, and change single people until the
weighted shares fit.
"""

import csv
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from evidentia.designs.ipw.logit import basis, expit, fit
from evidentia.designs.ipw.weights import effective_size, weights

FOLDER = Path(__file__).resolve().parents[2] / "data" / "future4me"
SIZE = {True: 236, False: 280}
SUMS = {True: (470, 276, 45), False: (386, 165, 20)}  # offences, violent, drugs
AGE = {True: 15.93, False: 15.22}
WEIGHTED = {True: (15.56, 1.69, 0.87, 0.13), False: (15.49, 1.66, 0.90, 0.10)}
EFFECTIVE = {True: 195, False: 154}
REOFFEND = {True: 0.300, False: 0.410}
LAG = 47  # days from first offence to start
FIRST_START, LAST_START = date(2018, 1, 8), date(2019, 1, 25)
FIRST_OFFENCE, LAST_OFFENCE = date(2015, 7, 1), date(2016, 6, 3)  # of comparators
END_OF_DATA = date(2020, 1, 31)
MOST_OFFENCES, YOUNGEST, OLDEST = 6, 12 * 12, 18 * 12 - 1  # months
LEFT_OUT = {
    "follow_up": 38,
    "no_offence": 14,
    "start_first": 12,
}  # further young people with support, whom the analysis cannot use
SHAPE = {True: 6.0, False: 0.25}  # of the negative binomial; smaller spreads offences more unevenly
HEAT = 0.3  # at the start of the annealing
COLDEST = 0.005  # at the end, as a share of that
MOST_WEIGHT = 18
KINDS = ("violent", "drugs", "other")


class Records:
    """The people of both groups whose records the analysis uses, the treated first.

    Ages are months between the months of birth and start; `age` is in years, as the analysis counts it.
    """

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.treated = np.repeat([True, False], [SIZE[True], SIZE[False]])
        self.groups = {group: np.flatnonzero(self.treated == group) for group in (True, False)}
        self.starts = [
            _weekday(FIRST_START, LAST_START, random) if group else self._pseudo_start()
            for group in self.treated
        ]
        self.lags = _lags(SIZE[True] + LEFT_OUT["follow_up"], random)
        self.months = np.zeros(len(self.treated), dtype=int)
        self.counts = np.zeros((len(self.treated), 3), dtype=int)
        for group, who in self.groups.items():
            self.months[who] = np.clip(random.normal(AGE[group] * 12, 13, len(who)), YOUNGEST, OLDEST).round()
            self.counts[who] = _offences(len(who), SUMS[group], SHAPE[group], random)
        self.age = np.array([self._age(person) for person in range(len(self.treated))])
        for group, who in self.groups.items():
            while abs(gap := self.age[who].mean() - AGE[group]) > 0.002:
                self._grow(random.choice(who), -1 if gap > 0 else 1)

    def _pseudo_start(self) -> date:
        span = (LAST_OFFENCE - FIRST_OFFENCE).days
        return FIRST_OFFENCE + timedelta(days=int(self.random.integers(span + 1)) + LAG)

    def birth(self, person: int) -> date:
        """Return the first day of the month of birth."""
        start = self.starts[person]
        return date(*_year_and_month(start.year * 12 + start.month - 1 - self.months[person]), 1)

    def _age(self, person: int) -> float:
        return ((self.starts[person] - self.birth(person)).days - 14) / 365.25

    def _grow(self, person: int, months: int) -> bool:
        if not YOUNGEST <= self.months[person] + months <= OLDEST:
            return False
        self.months[person] += months
        self.age[person] = self._age(person)
        return True

    def covariates(self) -> np.ndarray:
        """Return age and counts of offences."""
        return np.column_stack([self.age, self.counts])

    def propensity(self) -> np.ndarray:
        """Return the linear predictor of the propensity."""
        return fit(
            basis(np.column_stack([np.ones(len(self.age)), self.covariates()])).matrix,
            self.treated.astype(float),
        ).linear

    def loss(self) -> float:
        """Return how far the weighted figures lie outside a tight band round the printed ones."""
        weight = weights(self.propensity(), self.treated, "ATE").values
        values, total = self.covariates(), 0.0
        for group, who in self.groups.items():
            mean = weight[who] @ values[who] / weight[who].sum()
            total += np.maximum(np.abs(mean - WEIGHTED[group]) - 0.0025, 0).sum() / 0.01
            total += max(abs(effective_size(weight[who]) - EFFECTIVE[group]) - 0.25, 0) / 2
            total += max(abs(self.age[who].mean() - AGE[group]) - 0.003, 0) / 0.001
        return total + np.maximum(weight - MOST_WEIGHT, 0).sum() / 2

    def move(self) -> None:
        """Change two people of a group so that the group's sums stay."""
        one, other = self.random.choice(self.groups[bool(self.random.integers(2))], 2, replace=False)
        kind = self.random.integers(3)
        if kind == 0:
            months = int(self.random.integers(1, 8))
            if self._grow(one, months) and not self._grow(other, -months):
                self._grow(one, -months)
        elif kind == 1:
            self.counts[[one, other]] = self.counts[[other, one]]
        else:
            column = self.random.integers(3)
            shift = np.zeros(3, dtype=int)
            shift[column] = 1
            if column and self.random.integers(2):
                shift[0] = 1
            if all(_possible(counts) for counts in (self.counts[one] + shift, self.counts[other] - shift)):
                self.counts[one] += shift
                self.counts[other] -= shift

    def anneal(self, steps: int = 60_000) -> None:
        """Change people until the loss is 0."""
        loss = self.loss()
        for step in range(steps):
            heat = HEAT * COLDEST ** (step / steps)
            kept = self.months.copy(), self.counts.copy(), self.age.copy()
            self.move()
            new = self.loss()
            if new <= loss or self.random.random() < np.exp((loss - new) / max(heat, 1e-9)):
                loss = new
            else:
                self.months, self.counts, self.age = kept
            if loss == 0:
                return
        raise SystemExit(f"the figures were not reached; the loss is {loss:.3f}; try another seed")

    def reoffenders(self) -> np.ndarray:
        """Draw who reoffends, then change single people until the weighted shares are those published."""
        weight = weights(self.propensity(), self.treated, "ATE").values
        risk = expit(
            -1.1
            + 0.5 * (self.counts[:, 0] - 1.5)
            - 0.15 * (self.age - 15.5)
            + np.where(self.treated, -0.35, 0.45)
        )
        found = self.random.random(len(risk)) < risk
        for group, who in self.groups.items():
            while abs(gap := weight[who] @ found[who] / weight[who].sum() - REOFFEND[group]) > 0.0008:
                person = self.random.choice(who[found[who] == (gap > 0)])
                change = weight[person] / weight[who].sum() * (-1 if gap > 0 else 1)
                if abs(gap + change) < abs(gap):
                    found[person] = not found[person]
        return found


def _year_and_month(months: int) -> tuple[int, int]:
    """Return year and month of a number of months."""
    year, month = divmod(int(months), 12)
    return year, month + 1


def _weekday(first: date, last: date, random: np.random.Generator) -> date:
    day = first + timedelta(days=int(random.integers((last - first).days + 1)))
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _lags(number: int, random: np.random.Generator) -> np.ndarray:
    """Return days from first offence to start, with the published mean."""
    lags = np.clip(random.gamma(2.2, LAG / 2.2, number), 4, 200).round().astype(int)
    while gap := int(lags.sum()) - LAG * number:
        lags[random.choice(np.flatnonzero(lags > 10))] -= np.sign(gap)
    return lags


def _possible(counts: np.ndarray) -> bool:
    return counts.min() >= 0 and 1 <= counts[0] <= MOST_OFFENCES and counts[1] + counts[2] <= counts[0]


def _offences(
    number: int, sums: tuple[int, int, int], shape: float, random: np.random.Generator
) -> np.ndarray:
    """Return offences, violent and drugs offences by person, with the published sums."""
    mean = sums[0] / number - 1
    total = np.minimum(1 + random.negative_binomial(shape, shape / (shape + mean), number), MOST_OFFENCES)
    shares = np.array([sums[1], sums[2], sums[0] - sums[1] - sums[2]]) / sums[0]
    counts = np.column_stack([total, random.multinomial(total, shares)[:, :2]])
    for column, target in enumerate(sums):
        while gap := target - counts[:, column].sum():
            person = random.integers(number)
            changed = counts[person].copy()
            changed[column] += np.sign(gap)
            if _possible(changed):
                counts[person] = changed
    return counts


def _between(first: date, last: date, number: int, random: np.random.Generator) -> list[date]:
    return [first + timedelta(days=int(days)) for days in random.integers(0, (last - first).days + 1, number)]


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28))


def write(records: Records, reoffends: np.ndarray, random: np.random.Generator) -> None:
    """Give every count a date, add the people whom the analysis cannot use, and write both files."""
    people: list[tuple[str, str, str, list[tuple[date, str]]]] = []  # birth month, group, start, offences
    for person, treated in enumerate(records.treated):
        start = records.starts[person]
        first = start - timedelta(days=int(records.lags[person]) if treated else LAG)
        total, violent, drugs = (int(count) for count in records.counts[person])
        kinds = list(
            random.permutation(
                ["violent"] * violent + ["drugs"] * drugs + ["other"] * (total - violent - drugs)
            )
        )
        dates = [first, *_between(first, start, total - 1, random)]
        if reoffends[person]:
            dates += _between(
                start + timedelta(days=7), _year_later(start), 1 + int(random.poisson(0.6)), random
            )
        late = _year_later(start) + timedelta(days=2)
        if random.random() < 0.12 and late < END_OF_DATA:
            dates += _between(late, min(END_OF_DATA, late + timedelta(days=300)), 1, random)
        kinds += list(random.choice(KINDS, len(dates) - total, p=[0.5, 0.1, 0.4]))
        born = f"{records.birth(person):%Y-%m}"
        people.append(
            (
                born,
                "Future4Me" if treated else "Before Future4Me",
                start.isoformat() if treated else "",
                list(zip(dates, kinds, strict=True)),
            )
        )
    people += _unusable(records.lags[SIZE[True] :], random)
    order = random.permutation(len(people))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        (FOLDER / "people.csv").open("w", newline="") as who,
        (FOLDER / "offences.csv").open("w", newline="") as what,
    ):
        person_rows, offence_rows = (csv.writer(file, lineterminator="\n") for file in (who, what))
        person_rows.writerow(["id", "birth_month", "group", "start_date"])
        offence_rows.writerow(["person", "date", "kind"])
        for number, index in enumerate(order, start=1):
            born, group, start, offences = people[index]
            person_rows.writerow([f"YP{number:04d}", born, group, start])
            offence_rows.writerows(
                [f"YP{number:04d}", day.isoformat(), kind] for day, kind in sorted(offences)
            )


def _unusable(
    lags: np.ndarray, random: np.random.Generator
) -> list[tuple[str, str, str, list[tuple[date, str]]]]:
    """Return people with support whose follow-up is not over, who have no offence, or whose first offence
    came after the start.
    """
    people = []
    for reason, number in LEFT_OUT.items():
        for index in range(number):
            late = reason == "follow_up"
            start = (
                _weekday(date(2019, 2, 4), date(2019, 12, 6), random)
                if late
                else _weekday(FIRST_START, LAST_START, random)
            )
            offences: list[tuple[date, str]] = []
            if late:
                first = start - timedelta(days=int(lags[index]))
                offences = [
                    (day, str(random.choice(KINDS, p=[0.5, 0.1, 0.4])))
                    for day in [first, *_between(first, start, int(random.poisson(0.8)), random)]
                ]
            elif reason == "start_first":
                offences = [
                    (day, str(random.choice(KINDS, p=[0.5, 0.1, 0.4])))
                    for day in _between(start + timedelta(days=10), start + timedelta(days=320), 1, random)
                ]
            born = date(
                *_year_and_month(
                    start.year * 12 + start.month - 1 - int(np.clip(random.normal(188, 16), YOUNGEST, OLDEST))
                ),
                1,
            )
            people.append((f"{born:%Y-%m}", "Future4Me", start.isoformat(), offences))
    return people


def main(seed: int = 3) -> None:
    random = np.random.default_rng(seed)
    records = Records(random)
    records.anneal()
    write(records, records.reoffenders(), random)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
