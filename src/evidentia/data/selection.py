"""Records chosen by rules, of which each says whom it leaves out: `evidentia.Selection`, for a function
``prepare``.
"""

from __future__ import annotations

from typing import Any


class Selection:
    """Records, and the rules by which some were left out.

    Parameters
    ----------
    frame : pandas.DataFrame
        All that might be chosen.
    label : str
        What they are, in words of the report.

    Examples
    --------
    >>> chosen = Selection(cases, "Referrals")
    >>> chosen.leave_out("no_consent", "No consent", chosen.frame["consent"] != "yes")
    >>> return chosen
    """

    def __init__(self, frame: Any, label: str = "Records") -> None:
        self.frame = frame
        self.rules: list[tuple[str, str, int]] = [("start", label, len(frame))]

    def leave_out(self, rule: str, label: str, where: Any) -> None:
        """Leave out records.

        Parameters
        ----------
        rule : str
            Its name, a part of the number's id.
        label : str
            In words of the report.
        where : pandas.Series of bool
            True for those who are left out, for each row of `frame`.
        """
        gone = where.fillna(False).astype(bool)
        self.rules.append((rule, label, int(gone.sum())))
        self.frame = self.frame[~gone]
