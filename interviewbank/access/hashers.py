from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """OWASP's parameters for Argon2id: 19 MiB, two passes, one lane.

    Django's defaults take 100 MiB and 175 ms for each sign-in, which an attacker can order at will.
    """

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
