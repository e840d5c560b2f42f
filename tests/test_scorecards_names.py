"""Short names are what heads the columns of a panel: no two may look the same."""

import pytest

from scorecards.summaries.names import short_names


@pytest.mark.parametrize(
    ("names", "short"),
    [
        ([], []),
        (["Ines Asker", "Tessa Asker"], ["Ines", "Tessa"]),
        (["Ines Asker", "Ines Marlow", "Tessa Asker"], ["Ines A.", "Ines M.", "Tessa"]),
        (["Ines Asker", "Ines Abel"], ["Ines Asker", "Ines Abel"]),
        (["Ines", "Ines Abel"], ["Ines", "Ines A."]),
        (["Ines van den Berg", "Ines Abel"], ["Ines B.", "Ines A."]),
        (["Dr. Ada Marlow", "Dr. Søren Ångström"], ["Dr. Ada", "Dr. Søren"]),
        (["Dr. Ada", "Prof."], ["Dr. Ada", "Prof."]),
        (["Ines Abel", "Ines Abel"], ["Ines Abel", "Ines Abel"]),
        (["مريم الخطيب", ""], ["مريم", ""]),
    ],
)
def test_short_names(names, short):
    assert short_names(names) == short
