"""People and their clusters as columns name them, and words that people are compared by, in every design."""

import numpy as np
import pandas as pd
import pytest

from evidentia.core.errors import EvidentiaError, Problems
from evidentia.data.ids import id_texts
from evidentia.data.people import clusters_of, person_faults
from evidentia.data.table import read_table
from evidentia.designs.ipw.sample import read_sample
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.rct.people import read_trial
from evidentia.designs.rct.settings import RctSettings

SPELLINGS = ["Elm", "elm", "ELM", "Elm  "]


def table(tmp_path, **columns):
    path = tmp_path / "people.csv"
    pd.DataFrame(columns).to_csv(path, index=False)
    return read_table(tmp_path, "people.csv", None)


def faults(data, column):
    return list(person_faults(data, column, id_texts(data.frame[column])))


def test_all_who_stand_twice_are_one_message_with_their_rows(tmp_path):
    found = faults(table(tmp_path, person=["a", "b", "a", "b", "c"], y=range(5)), "person")
    assert [fault.what for fault in found] == ["2 people stand more than once"]
    assert "rows 2, 3, 4, 5, column person" in found[0].where


def test_ids_without_their_last_digits_are_not_taken_for_one_person(tmp_path):
    data = table(tmp_path, person=["1.23457E+14", "1.23457E+14", "1.23458E+14"], y=range(3))
    found = faults(data, "person")
    assert [fault.what for fault in found] == [
        "the ids have lost digits in a spreadsheet, which shows long numbers as 1.23457E+14"
    ]
    assert "with the column as text" in found[0].remedy


def test_a_cluster_that_is_written_in_several_ways_is_no_more_clusters(tmp_path):
    data = table(tmp_path, school=["Elm", "Oak", "elm", "Oak", "Elm"], y=range(5))
    with pytest.raises(EvidentiaError, match="'Elm' and 'elm' seem to be one") as caught:
        clusters_of(data, "school")
    assert "row 4, column school" in str(caught.value)


@pytest.mark.parametrize("place", ["cluster", "strata", "covariates"])
def test_a_trial_stops_for_one_name_in_two_spellings(tmp_path, place):
    names = [SPELLINGS[i % 4] if i % 2 else "Oak" for i in range(24)]
    data = table(tmp_path, arm=["a", "b", "b"] * 8, outcome=np.arange(24) % 5, where=names)
    given = "where" if place == "cluster" else ["where"]
    settings = {"design": "rct", "data": "d", "arm": "arm", "control": "b", "outcome": "outcome"}
    settings |= {place: given, "randomised": "people"} if place == "cluster" else {place: given}
    with pytest.raises((EvidentiaError, Problems), match="seem to be one"):
        read_trial(RctSettings.model_validate(settings), data)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["Elm", "Oak", "elm", "Oak"], "'Elm' and 'elm' seem to be one"),
        (["007", "012", "009", "011"], "holds ids, or numbers with zeros before them"),
        (["2019-01-03", "2019-01-04", "2019-02-03", "2019-02-04"], "holds dates"),
    ],
)
def test_a_covariate_of_spellings_or_dates_is_no_set_of_groups(tmp_path, cells, said):
    data = table(tmp_path, treated=[0, 1, 1, 0] * 10, y=np.arange(40) % 7, x=cells * 10)
    settings = {"design": "ipw", "data": "d", "treatment": "treated", "outcome": "y", "covariates": ["x"]}
    with pytest.raises((EvidentiaError, Problems), match=said):
        read_sample(IpwSettings.model_validate(settings), data)
