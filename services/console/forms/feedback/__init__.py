"""What people type when they give feedback, and when the Team makes a link."""
