"""Lets the checks' own asserts say what they saw."""

import pytest

pytest.register_assert_rewrite("kernel.explain.checks")
