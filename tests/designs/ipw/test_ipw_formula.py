"""A formula computes columns from columns; whatever else stands in it is refused before anything is
evaluated.
"""

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.designs.ipw.formula import refuse_other_code


@pytest.mark.parametrize(
    "factor",
    [
        "age",
        "I(age ** 2)",
        "I(age ** 0.5)",
        "C(sex)",
        "C(sex, contr.treatment('a'))",
        "C(sex, levels=['a', 'b'])",
        "bs(age, df=4)",
        "np.log(age)",
        "log(age)",
        "`my column`",
        "I(`my column` > 12)",
        "poly(age, 2)",
        "lag(age, -1)",
        "Q('my column')",
    ],
)
def test_columns_arithmetic_and_transforms_may_stand(factor):
    refuse_other_code(factor, "config.yaml")


@pytest.mark.parametrize(
    "factor",
    [
        "I(__import__('os').system('x'))",
        "C(age.to_csv('x'))",
        "np.load('x')",
        "np.lib.npyio.os.system('x')",
        "np",
        "I(np.log)",
        "open('x')",
        "getattr(age, 'x')",
        "age.__class__",
        "I(().__class__)",
        "age[0]",
        "f'{age}'",
        "(y := 1)",
        "(lambda: 1)()",
        "[x for x in age]",
        "__builtins__",
        "C(sex)(1)",
        "a if b else c",
        "a and b",
        "I(9 ** 9 ** 9)",
        "I(age ** 1e9)",
        "hashed(age)",
        '{"a": open("x")}',
        "I(b'x')",
    ],
)
def test_anything_else_is_refused(factor):
    with pytest.raises(EvidentiaError, match=r"cannot stand in a formula|cannot be read"):
        refuse_other_code(factor, "config.yaml")
