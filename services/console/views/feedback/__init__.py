"""Pages of people who give feedback by a link, and of the Team that makes the links."""
