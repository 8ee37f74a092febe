"""Pages on key performance indicators: for everybody who may see figures, and the ledger for those who may open it."""
