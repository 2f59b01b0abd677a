"""From documents to a database: read → about → cut → tag → match → assign → check → load (`etl.way`)."""

import os

# a thread of numpy's for each core waits for the others on a core: what is multiplied here is done before they have begun
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
