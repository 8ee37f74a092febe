"""Scheduling's database, data files, calendar files and directory of people."""
