from django.core.checks import Error

from .configuration import configuration_faults
from .database import database_faults


def check_start(app_configs, **kwargs) -> list[Error]:
    return [
        *(Error(words, id="start.E001") for words in configuration_faults()),
        *(Error(words, id="start.E002") for words in database_faults()),
    ]
