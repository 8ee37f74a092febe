"""Random lives of a suite, and the tests of what they leave behind."""
