"""`psmf obligation`: what is owed in the year, by the Safeguarder and by the Team."""
