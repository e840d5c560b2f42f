#!/usr/bin/env python3
"""`python3 manage.py demo` shows the application, `python3 manage.py test` checks it."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (this is where older ones are told)
    sys.exit("This needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info))

from interviewbank import bootstrap, checks


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    bootstrap.prepare(command)
    if command == "test":
        sys.exit(checks.run(sys.argv[2:]))

    from interviewbank import commandline  # noqa: PLC0415 (Django is there only now)

    commandline.run(sys.argv)


if __name__ == "__main__":
    main()
