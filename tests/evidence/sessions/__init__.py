"""The papers and the records of support sessions."""
