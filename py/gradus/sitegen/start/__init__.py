"""Prepares what lets pages start Python fast: archives of compiled modules, snapshots of a warm one."""
