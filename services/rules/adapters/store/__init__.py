"""The database of the rules service: its tables, and one file for each subject."""
