"""The measurements and failures: a table for people and an exit status for the shell."""

import copy
import threading
import time


class Report:
    """Collects rows. Thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self._rows = []
        self._started = time.monotonic()
        self._board = ""

    def of(self, board):
        """The same report, for rows of one board."""
        view = copy.copy(self)
        view._board = board
        return view

    def measured(self, what, value, at_most=None, unit="s"):
        """Adds a figure with an optional limit; above the limit the row and the whole run fail."""
        with self._lock:
            good = at_most is None or value <= at_most
            self._rows.append((self._board, what, f"{value:.2f}" if unit == "s" else f"{value:.0f}", unit, at_most, good, ""))
            self._say(f"  {'ok  ' if good else 'FAIL'} {what}: {value:.2f} {unit}")

    def holds(self, what):
        with self._lock:
            self._rows.append((self._board, what, "yes", "", None, True, ""))
            self._say(f"  ok   {what}")

    def failed(self, what, why):
        with self._lock:
            self._rows.append((self._board, what, "NO", "", None, False, why))
            self._say(f"  FAIL {what}: {why}")

    def tell(self, line):
        with self._lock:
            self._say(line)

    def _say(self, line):
        print(f"{time.monotonic() - self._started:5.0f} s {self._board:9} {line}", flush=True)

    @property
    def is_good(self):
        with self._lock:
            return bool(self._rows) and all(good for *_, good, _ in self._rows)

    def table(self):
        with self._lock:
            rows = [("board", "what", "measured", "at most", "")]
            for board, what, value, unit, at_most, good, why in sorted(self._rows, key=lambda row: row[0]):
                bound = "" if at_most is None else f"{at_most:.3g} {unit}"
                rows.append((board, what, f"{value} {unit}".strip(), bound, "" if good else f"FAILED {why}".strip()))
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + f" | {row[4]}" for row in rows]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        failed = sum(1 for *_, good, _ in self._rows if not good)
        lines.append(f"{len(self._rows) - failed} passed, {failed} failed, {time.monotonic() - self._started:.0f} s")
        return "\n".join(line.rstrip() for line in lines)
