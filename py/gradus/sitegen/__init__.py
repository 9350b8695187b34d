"""Turns lessons into the static site; runs on the build machine only."""
