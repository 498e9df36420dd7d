"""The tests on the virtual Pi: see ../README.md."""
