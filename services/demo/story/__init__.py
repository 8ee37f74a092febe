"""The demo's story: invented people and what is on file about them, as plain values made from a day and a seed."""
