"""Gradus: course pages whose Python runs where it is read."""
