"""The virtual Pi's tests: see README.md in the folder above."""
