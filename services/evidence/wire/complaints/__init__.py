"""Complaints as protobuf."""
