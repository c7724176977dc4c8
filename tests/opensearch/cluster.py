"""A real OpenSearch cluster on this machine: one process a node, so that a node can be killed, stopped and started.

``python -m tests.opensearch.cluster [NODES]`` runs one until it is interrupted, and prints its addresses.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

from tests.opensearch.distribution import find_java, install

HEAP = "512m"
START_SECONDS = 420.0
USER = "nobody"  # who runs the server when the tests run as root, which it refuses


class Node:
    """One node: its process, ports and folders."""

    def __init__(self, name: str, folder: Path, ports: tuple[int, int]) -> None:
        self.name = name
        self.folder = folder
        self.http, self.transport = ports
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Give where the node answers."""
        return f"http://127.0.0.1:{self.http}"

    def memory_mb(self) -> float:
        """Give the resident memory of the node."""
        assert self.process is not None
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Cluster:
    """Nodes that know each other; leaving the ``with`` ends and removes them."""

    def __init__(self, nodes: int = 3, settings: Mapping[str, Any] = MappingProxyType({})) -> None:
        """Lay out the nodes' folders; nothing is started yet. Raises NoServer."""
        self.home = install()
        self.settings = settings
        self.folder = Path(tempfile.mkdtemp(prefix="kb-cluster-"))
        self.folder.chmod(0o755)
        ports = _free_ports(2 * nodes)
        self.nodes = [
            Node(f"node-{number}", self.folder / f"node-{number}", (ports[2 * number], ports[2 * number + 1]))
            for number in range(nodes)
        ]

    def __enter__(self) -> "Cluster":
        """Start every node and wait until all are one cluster."""
        try:
            for node in self.nodes:
                self._write_settings(node)
                self.start(node)
            self.wait(len(self.nodes))
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End and remove every node."""
        self.close()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Give the addresses of all nodes, running or not."""
        return tuple(node.address for node in self.nodes)

    def start(self, node: Node) -> None:
        """Start a node; what it had on disk is still there."""
        command = [
            find_java(),
            *(f"-Xms{HEAP}", f"-Xmx{HEAP}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4"),
            *("-Djava.security.manager=allow", f"-Djava.io.tmpdir={node.folder / 'tmp'}", "-Dfile.encoding=UTF-8"),
            *("-Dio.netty.noUnsafe=true", "-Dlog4j2.disable.jmx=true", "-Dopensearch.bundled_jdk=false"),
            *(f"-Dopensearch.path.home={self.home}", f"-Dopensearch.path.conf={node.folder / 'config'}"),
            *("-Dopensearch.distribution.type=zip", "-cp", f"{self.home}/lib/*"),
            "org.opensearch.bootstrap.OpenSearch",
        ]
        # the node dies with whoever started it, however that ends
        guard = ["setpriv", "--pdeathsig", "KILL"]
        if os.geteuid() == 0:
            guard += [f"--reuid={USER}", "--regid=nogroup", "--clear-groups"]
        log = (node.folder / "out.log").open("ab")
        with log:
            node.process = subprocess.Popen(
                [*guard, *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=node.folder
            )

    def kill(self, node: Node) -> None:
        """End a node at once, as ``kill -9`` does."""
        if node.process is not None:
            node.process.kill()
            node.process.wait()
            node.process = None

    def pause(self, node: Node) -> None:
        """Stop a node where it stands: its connections stay open and nothing answers."""
        assert node.process is not None
        node.process.send_signal(signal.SIGSTOP)

    def resume(self, node: Node) -> None:
        """Let a stopped node go on."""
        assert node.process is not None
        node.process.send_signal(signal.SIGCONT)

    def wait(self, nodes: int, color: str = "yellow") -> None:
        """Wait until the cluster has so many nodes and its shards have at least this color."""
        deadline = time.monotonic() + START_SECONDS
        path = f"/_cluster/health?wait_for_nodes={nodes}&wait_for_status={color}&timeout=5s"
        while time.monotonic() < deadline:
            for node in self.nodes:
                if node.process is not None and node.process.poll() is not None:
                    log = (node.folder / "out.log").read_text(encoding="utf-8", errors="replace")
                    raise RuntimeError(f"{node.name} ended by itself: {log[-2000:]}")
                if node.process is None:
                    continue
                found = _get(f"{node.address}{path}")
                if found is not None and not found.get("timed_out", True):
                    return
                break
            time.sleep(0.3)
        raise TimeoutError(f"the cluster has not become {color} with {nodes} nodes")

    def close(self) -> None:
        """End every node and remove its folder."""
        for node in self.nodes:
            self.kill(node)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_settings(self, node: Node) -> None:
        for name in ("config", "data", "logs", "tmp"):
            (node.folder / name).mkdir(parents=True)
        names = [other.name for other in self.nodes]
        settings = {
            "cluster.name": "kb-test",
            "node.name": node.name,
            "path.data": str(node.folder / "data"),
            "path.logs": str(node.folder / "logs"),
            "network.host": "127.0.0.1",
            "http.port": node.http,
            "transport.port": node.transport,
            "discovery.seed_hosts": [f"127.0.0.1:{other.transport}" for other in self.nodes],
            "cluster.initial_cluster_manager_nodes": names,
            "bootstrap.memory_lock": False,
            "bootstrap.system_call_filter": False,
            "action.auto_create_index": False,
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "cluster.fault_detection.follower_check.timeout": "3s",
            "cluster.fault_detection.leader_check.timeout": "3s",
            "cluster.info.update.interval": "10s",
            **self.settings,
        }
        lines = [f"{name}: {json.dumps(value)}" for name, value in settings.items()]
        (node.folder / "config" / "opensearch.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        logging = "status = error\nappender.console.type = Console\nappender.console.name = console\n"
        logging += "appender.console.layout.type = PatternLayout\n"
        logging += "appender.console.layout.pattern = [%d{ISO8601}][%-5p] %m%n%throwable{6}\n"
        logging += "rootLogger.level = warn\nrootLogger.appenderRef.console.ref = console\n"
        (node.folder / "config" / "log4j2.properties").write_text(logging, encoding="utf-8")
        if os.geteuid() == 0:
            for path in (node.folder, *node.folder.rglob("*")):
                shutil.chown(path, USER, "nogroup")


def _get(url: str) -> dict[str, Any] | None:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except (OSError, ValueError, urllib.error.URLError):
        return None


def _free_ports(count: int) -> list[int]:
    """Give ports that nobody listens on now."""
    opened = [socket.socket() for _ in range(count)]
    for one in opened:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in opened]
    for one in opened:
        one.close()
    return ports


def main(argv: list[str]) -> int:
    """Run a cluster until it is interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Cluster(int(argv[0]) if argv else 3) as cluster:
        sys.stdout.write(f"KB_OPENSEARCH={','.join(cluster.addresses)}\n")
        sys.stdout.flush()
        try:
            while True:
                signal.pause()
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
