"""The emulated DS18B20: its temperature and its faults."""

FAULTS = {
    "none": 0,
    "bad checksum": 1,
    "unplugged": 2,
    "never converted": 3,
    "shorted": 4,
    "power lost once": 5,
    "all ones": 6,
    "too little power": 7,
}
PARAMETERS = "/sys/module/vpi/parameters"


class Sensor:
    def __init__(self, board):
        self._board = board

    def measures(self, celsius):
        self._board.shell(f"echo {round(celsius * 1000)} > {PARAMETERS}/temp")

    def has(self, fault):
        self._board.shell(f"echo {FAULTS[fault]} > {PARAMETERS}/fault")

    def is_listed(self):
        """Whether the kernel still has its folder: it removes a silent sensor after some searches."""
        return self._board.shell("ls -d /sys/bus/w1/devices/28-* || :").startswith("/sys/bus/w1/devices/28-0")
