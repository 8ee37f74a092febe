"""Pages that people read: how wide they are, the help, and what stands beside ids."""
