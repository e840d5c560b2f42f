"""The same, with a view that does nothing beside the product's: what any request costs here."""

from tests.torture.settings import *  # noqa: F403

ROOT_URLCONF = "tests.torture.empty"
