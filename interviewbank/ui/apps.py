from django.apps import AppConfig


class UiConfig(AppConfig):
    """Template tags, glyphs and charts. Knows numbers and words, and none of the other apps."""

    name = "interviewbank.ui"
    label = "ui"
