"""What pages need beside the record, in the database: names, and drafts."""
