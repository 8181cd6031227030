"""Keys that lie in files outside the database, so that a stolen database tells little.

Each key has a name and a file of its own below ``OSI_DATA/keys``. Destroying a key makes
what it sealed unreadable for ever, in every backup too: keys are never backed up.
"""

import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Keyring:
    """The keys in a folder; a key is made when it is first asked for.

    One process reads a file once; a destroyed key is gone for that process at once, for
    others when they next start.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bytes] = {}

    def key(self, name: str) -> bytes:
        """Return the 32 bytes of the key called *name*; any number may ask at once."""
        if name not in self._known:
            self._known[name] = self._read_or_make(self._folder / f"{name}.key")
        return self._known[name]

    def has(self, name: str) -> bool:
        """Tell whether there is a key called *name*, without making it."""
        return (self._folder / f"{name}.key").exists()

    def destroy(self, name: str) -> None:
        """Overwrite and remove the key called *name*."""
        self._known.pop(name, None)
        path = self._folder / f"{name}.key"
        if path.exists():
            path.write_bytes(secrets.token_bytes(32))
            path.unlink()

    def old(self, beginning: str, before: float) -> list[str]:
        """List the keys whose names begin so, made before a moment (seconds since 1970)."""
        files = self._folder.glob(f"{beginning}*.key")
        return sorted(each.stem for each in files if each.stat().st_mtime < before)

    def hash(self, name: str, text: str) -> str:
        """Return the HMAC-SHA256 of *text* under a key, as 64 hexadecimal digits."""
        return hmac.new(self.key(name), text.encode(), sha256).hexdigest()

    def hash_there(self, name: str, text: str) -> str:
        """Return the same under a key that is there; nothing when it is not, or no longer.

        So one that somebody destroys at this moment is not made anew.
        """
        if not self.has(name):
            return ""
        try:
            key = self._known.get(name) or (self._folder / f"{name}.key").read_bytes()
        except FileNotFoundError:
            return ""
        return hmac.new(key, text.encode(), sha256).hexdigest()

    def seal(self, name: str, text: str, place: str) -> str:
        """Encrypt *text* with AES-GCM, bound to its *place* (table, column, row)."""
        nonce = secrets.token_bytes(12)
        sealed = AESGCM(self.key(name)).encrypt(nonce, text.encode(), place.encode())
        return urlsafe_b64encode(nonce + sealed).decode()

    def unseal(self, name: str, sealed: str, place: str) -> str:
        """Return what was sealed, or nothing when the key is another or it was moved."""
        raw = urlsafe_b64decode(sealed)
        try:
            return AESGCM(self.key(name)).decrypt(raw[:12], raw[12:], place.encode()).decode()
        except InvalidTag:
            return ""

    def _read_or_make(self, path: Path) -> bytes:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            with fresh.open("wb") as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                os.fsync(file.fileno())  # as durable as what will be sealed with it
            try:
                os.link(fresh, path)  # fails if somebody else was faster
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
            self._keep_names()
        return path.read_bytes()

    def _keep_names(self) -> None:
        """Let the names of the files outlast a power cut, too."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
