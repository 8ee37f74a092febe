"""Tests of how evidence is taken in: answers that may be blank, and things that are sent more than once."""
