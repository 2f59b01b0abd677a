"""Overview: every plan against the eight dimensions."""
from ui import frame

frame.page("overview")
frame.foot()
