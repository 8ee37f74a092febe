"""Recommendations in the database: those that evidence keeps, and those of before that rules tell of."""
