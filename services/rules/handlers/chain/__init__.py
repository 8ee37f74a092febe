"""Signing the chain of activations, and looking whether it is whole."""
