"""The demo's story: invented people and their files, as plain values made from a day and a seed."""
