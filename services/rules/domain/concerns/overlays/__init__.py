"""What the record of a Safeguarder keeps on hold, as concerns follow it."""
