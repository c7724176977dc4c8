"""OpenSearch from released artifacts: the server's zip and the module it lacks, from Maven Central.

``python -m tests.opensearch.distribution`` fetches it, or says what is missing and ends with 1.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

VERSION = "2.19.1"
JAVA = 17  # the oldest that is tried
HOME = Path(tempfile.gettempdir()) / f"kb-opensearch-{VERSION}"  # the server must not run as root, so not in its home
LOCAL = Path.home() / ".m2" / "repository"
ZIP = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
TRANSPORT = f"org.opensearch.plugin:transport-netty4-client:{VERSION}:jar"  # the zip has no transport of its own
NETTY = ("buffer", "codec", "codec-http", "common", "handler", "resolver", "transport", "transport-native-unix-common")
POLICY = """grant {
  permission java.io.FilePermission "/proc/sys/net/core/somaxconn", "read";
  permission java.net.SocketPermission "*", "accept,connect";
  permission java.lang.RuntimePermission "*", "setContextClassLoader";
  permission java.lang.RuntimePermission "getClassLoader";
  permission java.util.PropertyPermission "sun.nio.ch.bugLevel", "write";
};
"""
DESCRIPTOR = f"""description=HTTP and transport
version={VERSION}
name=transport-netty4
classname=org.opensearch.transport.Netty4Plugin
java.version=11
opensearch.version={VERSION}
custom.foldername=
extended.plugins=
has.native.controller=false
"""


class NoServer(Exception):
    """No server can be had here; the message says what is missing."""


def find_java() -> str:
    """Give the java command; raises NoServer."""
    java = shutil.which("java")
    if java is None:
        raise NoServer(f"Java {JAVA} or newer is needed for the cluster; on Debian: apt install openjdk-17-jre")
    shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = shown.partition('"')[2].partition(".")[0]
    if not version.isdigit() or int(version) < JAVA:
        raise NoServer(f"Java {JAVA} or newer is needed for the cluster; this is {shown.splitlines()[:1]}")
    return java


def install() -> Path:
    """Give the folder of the server, fetched and unpacked on first use; raises NoServer."""
    find_java()
    if (HOME / "ready").exists():
        return HOME
    archive = _fetch(ZIP)
    shutil.rmtree(HOME, ignore_errors=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(HOME)
    home = next(HOME.glob("opensearch-*"))
    for part in home.iterdir():
        part.rename(HOME / part.name)
    home.rmdir()
    module = HOME / "modules" / "transport-netty4"
    module.mkdir(parents=True, exist_ok=True)
    jar = _fetch(TRANSPORT, transitive=True)
    shutil.copy(jar, module)
    for name in NETTY:
        jars = sorted((LOCAL / "io" / "netty" / f"netty-{name}").glob("*/*.jar"))
        if not jars:
            raise NoServer(f"Maven did not fetch netty-{name}, which the server's transport needs.")
        shutil.copy(jars[-1], module)
    (module / "plugin-descriptor.properties").write_text(DESCRIPTOR, encoding="utf-8")
    (module / "plugin-security.policy").write_text(POLICY, encoding="utf-8")
    for path in HOME.rglob("*"):
        path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o644))
    (HOME / "ready").touch()
    return HOME


def _fetch(artifact: str, *, transitive: bool = False) -> Path:
    """Give a Maven artifact's file."""
    group, name, version, kind = artifact.split(":")
    path = LOCAL / Path(*group.split(".")) / name / version / f"{name}-{version}.{kind}"
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServer("Maven is needed to fetch OpenSearch; on Debian: apt install maven")
    # asked even when the file is there, for what it needs itself may not be
    command = [maven, "-q", "-B", "dependency:get", f"-Dartifact={artifact}", f"-Dtransitive={str(transitive).lower()}"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if not path.exists():
        raise NoServer(f"Maven could not fetch {artifact}: {result.stdout.strip()[-300:]}")
    return path


def main() -> int:
    """Fetch the server; give the exit code."""
    try:
        sys.stdout.write(f"OpenSearch {VERSION} in {install()}\n")
    except NoServer as problem:
        sys.stderr.write(f"There is no cluster to test on. {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
