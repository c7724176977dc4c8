"""Which file systems tell of changes made elsewhere: those over a network do not, and have to be polled."""

import os
import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
NETWORK = re.compile(r"(?:nfs\d?|cifs|smb\w*|9p|afs|ceph|glusterfs|lustre|gfs2|ocfs2|ncpfs|vboxsf|fuse(?:\.\w+)?)")
LOCAL = frozenset({"fuse.fuseblk", "fuse.lxcfs", "fuse.overlayfs", "fuse.mergerfs"})
ESCAPED = re.compile(r"\\(\d{3})")  # \040, a blank in the name of a mount point


def is_on_network(path: str) -> bool:
    """Tell whether a path is on a network file system; where the system does not list its mounts, it is not."""
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    kind = find_kind(os.path.realpath(path), table)
    return kind not in LOCAL and NETWORK.fullmatch(kind) is not None


def find_kind(path: str, table: str) -> str:
    """Give the file system type of a real path by a table as in ``/proc/self/mountinfo``; empty when none fits."""
    best, kind = "", ""
    for line in table.splitlines():
        before, _, after = line.partition(" - ")  # 36 35 98:0 / /mnt rw - ext4 /dev/sda1 rw
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4]).rstrip("/")
        if (path == point or path.startswith(f"{point}/")) and len(point) >= len(best):
            best, kind = point, after.split(" ")[0]
    return kind
