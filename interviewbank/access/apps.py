from django.apps import AppConfig
from django.core.checks import register


class AccessConfig(AppConfig):
    name = "interviewbank.access"
    label = "access"

    def ready(self):
        from .checks import check_policy  # noqa: PLC0415 - models are not loaded before ready()

        register(check_policy)
