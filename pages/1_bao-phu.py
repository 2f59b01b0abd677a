"""Coverage."""
from ui import frame

frame.page("coverage")
frame.foot()
