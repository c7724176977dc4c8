"""The one door to Whoosh: every name of it that the project uses, so that leaving 2.7.4 costs one line.

Whoosh 2.7.4 (2016) is frozen; the same suite also passes on whoosh3 (`make test-whoosh3`), which keeps the names.
"""

import pickle
import struct
import zlib

from whoosh import (
    analysis,
    columns,
    fields,
    formats,
    index,
    matching,
    qparser,
    query,
    reading,
    scoring,
    searching,
    sorting,
    writing,
)
from whoosh.codec import base as codec_base
from whoosh.codec import whoosh3 as codec
from whoosh.filedb import compound, filestore, filetables, structfile
from whoosh.util import numeric

__all__ = [
    "DAMAGE",
    "analysis",
    "codec",
    "codec_base",
    "columns",
    "compound",
    "fields",
    "filestore",
    "filetables",
    "formats",
    "index",
    "matching",
    "numeric",
    "qparser",
    "query",
    "reading",
    "scoring",
    "searching",
    "sorting",
    "structfile",
    "writing",
]

DAMAGE = (  # what Whoosh raises when it reads damaged files
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    NameError,
    TypeError,
    ValueError,
    index.IndexError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
    filetables.FileFormatError,
)
