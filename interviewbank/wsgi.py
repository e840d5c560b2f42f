"""What a production server loads. It does not start while a system check fails."""

import os

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewbank.settings")

application = get_wsgi_application()

faults = run_checks(include_deployment_checks=not settings.LOCAL)
if faults := [fault for fault in faults if fault.is_serious(ERROR)]:
    raise SystemCheckError("\n".join(str(fault) for fault in faults))
