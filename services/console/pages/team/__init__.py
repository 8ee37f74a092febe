"""The Team's own pages: who supports whom, who acts for somebody, and how much each has to do."""
