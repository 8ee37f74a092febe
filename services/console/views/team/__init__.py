"""The Team's work as pages show it: who supports whom, who acts for somebody, and how much there is."""
