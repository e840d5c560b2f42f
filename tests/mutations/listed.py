"""All of them."""

from tests.mutations.doing import CHANNELS, PERMISSIONS
from tests.mutations.mutation import ROOT, Mutation
from tests.mutations.policy import POLICY
from tests.mutations.rows import CANDIDATES, ROWS

MUTATIONS: list[Mutation] = [*POLICY, *CANDIDATES, *ROWS, *PERMISSIONS, *CHANNELS]

__all__ = ["MUTATIONS", "ROOT", "Mutation"]
