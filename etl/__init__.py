"""From documents to a database: read → about → cut → tag → match → assign → check → load (`etl.way`)."""

import os

# a thread of numpy's for each core waits for the others on a core: what is multiplied here is done before they have begun
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# what Arrow has used to pack readings goes back to the system: processes that are forked later would each hold it too
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
