"""Commands about those who act for a support manager."""
