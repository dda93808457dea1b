import pytest

from evidentia.compose.comparatives import unclaimed
from evidentia.compose.private import CLOSE, ENDS, FOLLOWS, OPEN

NUMBER = '[30%]{#n-1 .n data-id="a.share"}'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"It was lower, at {NUMBER}.", ["lower"]),
        (f"It rose significantly to {NUMBER}.", ["rose", "significantly"]),
        (f"A majority ({NUMBER}) agreed.", ["majority"]),
        (f"It more than doubled, to {NUMBER}.", ["more than doubled"]),
        ("It was lower than before.", []),  # no number near
        (f"It was lower. Then {NUMBER} came.", []),  # another sentence
        (f"It was {OPEN}0{OPEN}lower{CLOSE}, at {NUMBER}.", []),  # under a claim
        (f"It {FOLLOWS}fell{ENDS} to {NUMBER}.", []),  # chosen by the program
        (f"It was {OPEN}0{OPEN}lower{CLOSE} and fewer, at {NUMBER}.", ["fewer"]),
        (f"Mostly {NUMBER} came.", []),
    ],
)
def test_comparisons_beside_numbers_without_a_claim_are_found(text, words):
    assert [finding.word for finding in unclaimed(text, "c")] == words


def test_a_finding_says_its_sentence():
    (finding,) = unclaimed(f"First. It was lower, at {NUMBER}. Last.", "chapter-a")
    assert (finding.chapter, finding.sentence) == ("chapter-a", "It was lower, at 30%.")
