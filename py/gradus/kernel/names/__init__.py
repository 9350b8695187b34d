"""Which names cells need and define, and from that which cells have to run before another one."""

from gradus.kernel.names.find import find_names
from gradus.kernel.names.model import Names
from gradus.kernel.names.plan import find_requirements, plan

__all__ = ["Names", "find_names", "find_requirements", "plan"]
