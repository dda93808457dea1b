import pytest

from designs.panel_survey.surveys import SETTINGS, WAVE_1, WAVE_2, run
from evidentia.designs.panel_survey.inference import Overlap, mcnemar_exact, partially_overlapping_z


def test_response_counts_rows_people_and_the_panel(tmp_path):
    _, numbers = run(tmp_path)
    assert [numbers[f"completed.wave_{wave}"].value for wave in (1, 2)] == [6, 7]
    assert [numbers[f"response_rate.wave_{wave}"].value for wave in (1, 2)] == [0.6, 0.5]
    assert numbers["respondents.either"].value == 9
    assert numbers["respondents.both"].value == 4
    assert numbers["invited.wave_1"].basis == "configured"


def test_shares_of_a_wave_leave_out_those_who_gave_no_answer(tmp_path):
    _, numbers = run(tmp_path)
    assert [numbers[f"mood.{name}.wave_1"].value for name in ("n", "count", "share", "missing")] == [
        5,
        3,
        0.6,
        1,
    ]
    assert [numbers[f"mood.{name}.wave_2"].value for name in ("n", "count", "share", "missing")] == [
        6,
        4,
        4 / 6,
        1,
    ]
    assert numbers["mood.missing_share.wave_1"].value == pytest.approx(1 / 6)


def test_shares_of_the_panel_count_complete_pairs_only(tmp_path):
    _, numbers = run(tmp_path)
    # p1, p2 and p3 answered at both waves; p4 left the question out once
    assert [numbers[f"often.{name}.wave_1"].value for name in ("n", "count")] == [3, 2]
    assert [numbers[f"often.{name}.wave_2"].value for name in ("n", "count")] == [3, 2]
    assert [numbers[f"often.all.{name}.wave_1"].value for name in ("n", "count")] == [5, 2]
    assert [numbers[f"often.all.{name}.wave_2"].value for name in ("n", "count")] == [7, 4]


def test_a_panel_member_who_skips_an_item_once_counts_as_unpaired_in_the_change(tmp_path):
    _, numbers = run(tmp_path)
    expected = partially_overlapping_z(
        Overlap(1, 1, 1, 0, first_yes=1, first_no=1, second_yes=2, second_no=1), 0.95
    )
    for name, value in expected.items():
        assert numbers[f"mood.change.{name}"].value == pytest.approx(value)
    assert numbers["mood.change.estimate"].value == pytest.approx(
        numbers["mood.share.wave_2"].value - numbers["mood.share.wave_1"].value
    )


def test_the_change_has_the_base_of_the_shares(tmp_path):
    _, numbers = run(tmp_path)
    pairs = partially_overlapping_z(Overlap(1, 1, 1, 0), 0.95)
    assert (
        numbers["often.change.estimate"].value
        == numbers["often.share.wave_2"].value - numbers["often.share.wave_1"].value
    )
    assert numbers["often.change.se"].value == pytest.approx(pairs["se"])
    everyone = partially_overlapping_z(
        Overlap(1, 1, 1, 0, first_yes=0, first_no=2, second_yes=2, second_no=2), 0.95
    )
    assert numbers["often.all.change.p_value"].value == pytest.approx(everyone["p_value"])


def test_mcnemar_is_of_the_panel_whatever_the_base(tmp_path):
    _, numbers = run(tmp_path)
    for item in ("mood", "often"):
        assert [numbers[f"{item}.mcnemar.{name}"].value for name in ("n", "lost", "gained")] == [3, 1, 1]
        assert numbers[f"{item}.mcnemar.p_value"].value == mcnemar_exact(1, 1) == 1.0


def test_units_are_those_of_the_interface(tmp_path):
    _, numbers = run(tmp_path)
    units = {
        "mood.share.wave_1": "proportion",
        "mood.change.estimate": "percentage_points",
        "mood.change.se": "percentage_points",
        "mood.change.p_value": "p_value",
        "mood.count.wave_2": "count",
        "response_rate.wave_1": "proportion",
    }
    assert {id: numbers[id].unit for id in units} == units


def test_one_wave_alone_gives_shares_and_no_change(tmp_path):
    items = {"mood": SETTINGS["items"]["mood"]}
    _, numbers = run(tmp_path, data={"wave_1": "first"}, invited={"wave_1": 10}, items=items)
    assert numbers["mood.share.wave_1"].value == 0.6
    assert numbers["response_rate.wave_1"].value == 0.6
    assert not [
        id for id in numbers if "wave_2" in id or "change" in id or "mcnemar" in id or "respondents" in id
    ]


def test_an_item_that_one_wave_leaves_out_has_no_change_and_a_note(tmp_path):
    result, numbers = run(
        tmp_path, first=WAVE_1.replace("often", "rarely"), items={"often": {"positive": [4, 5]}}
    )
    assert numbers["often.share.wave_2"].value == pytest.approx(4 / 7)
    assert "often.share.wave_1" not in numbers
    assert "often.change.estimate" not in numbers
    assert "often" in result.notes[0]


def test_without_anybody_in_both_waves_the_change_is_that_of_two_samples(tmp_path):
    _, numbers = run(tmp_path, second=WAVE_2.replace("\np", "\nx"), stable=[])
    assert numbers["respondents.both"].value == 0
    assert numbers["mood.mcnemar.p_value"].value is None  # a test of nobody
    assert numbers["mood.change.p_value"].value == pytest.approx(
        partially_overlapping_z(Overlap(0, 0, 0, 0, 3, 2, 4, 2), 0.95)["p_value"]
    )
    assert numbers["often.share.wave_1"].value is None  # of nobody


@pytest.mark.parametrize("answers", [("Yes", "No"), ("yes", "no"), ("true", "false")])
def test_yes_may_stand_unquoted_in_yaml_where_it_means_true(tmp_path, answers):
    yes, no = answers
    wave = f"person,mood\n1,{yes}\n2,{no}\n3,{yes}\n"
    _, numbers = run(tmp_path, wave, wave, stable=[], items={"mood": {"positive": [True]}})
    assert numbers["mood.count.wave_1"].value == 2


def test_answers_that_count_as_none_leave_the_base(tmp_path):
    wave = "person,mood\n1,Good\n2,Bad\n3,Not applicable\n"
    _, numbers = run(
        tmp_path,
        wave,
        wave,
        stable=[],
        items={"mood": {"positive": ["Good"], "no_answer": ["Not applicable"]}},
    )
    assert [numbers[f"mood.{name}.wave_1"].value for name in ("n", "missing", "share")] == [2, 1, 0.5]


def test_ids_with_leading_zeros_meet_although_one_file_holds_numbers_only(tmp_path):
    items = {"mood": {"positive": ["Good"]}}
    first, second = "person,mood\n007,Good\nx1,Bad\n", "person,mood\n007,Good\n008,Bad\n"
    _, numbers = run(tmp_path, first, second, stable=[], items=items)
    assert numbers["respondents.both"].value == 1


def test_nothing_about_a_person_is_in_the_frames(tmp_path):
    result, _ = run(tmp_path)
    cells = {str(cell) for frame in result.frames.values() for row in frame.rows for cell in row}
    assert not cells & {f"p{number}" for number in range(1, 10)}
    assert result.frames["answers"].column("count") == [2, 3, 2, 4]
    assert result.frames["answers"].column("n") == [5, 5, 6, 6]
