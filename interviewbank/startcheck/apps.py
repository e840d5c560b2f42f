from django.apps import AppConfig
from django.core.checks import register


class StartCheckConfig(AppConfig):
    name = "interviewbank.startcheck"
    label = "startcheck"

    def ready(self):
        from .checks import check_start  # noqa: PLC0415 - models are not loaded before ready()

        register(check_start, deploy=True)
