"""What pages ask the services, area by area."""
