"""What is owed to and by a Safeguarder in a year, and the clocks that say when."""
