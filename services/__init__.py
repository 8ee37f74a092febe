"""The services of psmf, each its own process, and the technical platform they share."""
