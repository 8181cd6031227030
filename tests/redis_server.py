"""A Redis server of our own for the tests, on a free port of this machine."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from tests.ports import free_port


@contextmanager
def serve_redis() -> Iterator[str]:
    """Run a server for as long as it is needed, and yield its address."""
    program = shutil.which("redis-server")
    assert program, "no Redis server: bin/test installs one as root"
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="werkstatt-") as folder:
        words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with subprocess.Popen([program, *words], stdout=subprocess.DEVNULL) as server:
            client = redis.Redis(
                port=port,
                retry_on_error=[redis.ConnectionError],
                retry=Retry(ConstantBackoff(0.05), 200),
            )
            try:
                client.ping()
                yield f"redis://127.0.0.1:{port}"
            finally:
                client.close()
                server.terminate()
