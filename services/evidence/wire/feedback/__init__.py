"""Feedback links as protobuf."""
