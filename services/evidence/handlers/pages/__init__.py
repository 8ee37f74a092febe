"""What pages need beside the record: who people are, and drafts."""
