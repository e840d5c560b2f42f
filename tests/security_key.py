"""A security key in software: what a browser would send when one is added."""

import hashlib
import os

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT


def registration(*, challenge: bytes = b"challenge", host: str = "testserver") -> dict:
    """The credential as JSON, for a site at `host`."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    identity = os.urandom(16)
    credential = AttestedCredentialData.create(
        Aaguid.NONE, identity, ES256.from_cryptography_key(key)
    )
    data = AuthenticatorData.create(
        hashlib.sha256(host.encode()).digest(), PRESENT, 0, bytes(credential)
    )
    client = CollectedClientData.create("webauthn.create", challenge, f"https://{host}")
    return {
        "type": "public-key",
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }
