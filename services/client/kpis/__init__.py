"""Key performance indicators for clients."""
