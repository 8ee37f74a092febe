"""Who may say what, and what a sender learns (P19, P20, P22)."""
