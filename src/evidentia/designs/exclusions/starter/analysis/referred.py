"""Referrals in the analysis: data that this evaluation prepares itself. `evidentia trust .` after each
change.
"""

import evidentia


def prepare(tables, settings):
    """Return the referrals that count; each rule leaves out those that the rules before have left."""
    chosen = evidentia.Selection(tables["referrals"], "Referrals")
    chosen.leave_out("no_consent", "No consent", chosen.frame["consent"] != "yes")
    chosen.leave_out("no_visit", "No visit recorded", chosen.frame["days"].isna())
    return chosen
