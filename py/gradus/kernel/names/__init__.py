"""Which names cells need and define, and from that which cells have to run before another one."""

from gradus.kernel.names.find import find_names
from gradus.kernel.names.history import History
from gradus.kernel.names.model import Names
from gradus.kernel.names.versions import FreshRun, ShownCell, find_stale

__all__ = ["FreshRun", "History", "Names", "ShownCell", "find_names", "find_stale"]
