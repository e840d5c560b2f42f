from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "interviewbank.audit"
    label = "audit"
