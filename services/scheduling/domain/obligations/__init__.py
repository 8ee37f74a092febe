"""The obligations of a Safeguarder and the Team in a year, and the clocks that set their due dates."""
