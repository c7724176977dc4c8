"""The index that questions are put to, whichever engine keeps it: the seam between a folder and a cluster."""

from indexer.opensearch.place import ClusterPlace, Place
from kb.arrays.index import FolderIndex
from kb.opensearch.index import ClusterIndex

Index = FolderIndex | ClusterIndex
"""An index that is being read."""


def open_index(place: Place) -> Index:
    """Open an index for reading; IndexMissing, IndexOutdated and IndexDamaged say what to do."""
    return ClusterIndex(place) if isinstance(place, ClusterPlace) else FolderIndex(place)
