"""What somebody owes by a day in the record of a Safeguarder, worked out from the newest facts."""
