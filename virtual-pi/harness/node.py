"""The installed nodes: their services, settings and relays."""

import time
from dataclasses import dataclass

from .broken import Broken

WATCHDOG_S = 10
HEAL_WITHIN_S = 15
STALE_AFTER_S = 6


@dataclass(frozen=True)
class Relay:
    """A pin with a relay. A pin that is not driven is off: its pull resistor keeps the relay off."""

    pin: int
    active_low: bool

    def is_on(self, state):
        return state == ("low" if self.active_low else "high")

    def is_driven_off(self, state):
        return state == ("high" if self.active_low else "low")


HEAT = Relay(17, active_low=False)
COOL = Relay(27, active_low=True)
MACHINE = Relay(22, active_low=True)

# An input that is not driven reads 0 V here, as there are no pull resistors: active-low, so a cup is present.
CUP_PIN = 23

# Message expiries and minimum pauses are shorter than on real devices, so that the test is short.
SETTINGS = {
    "thermostat": f"""
node.name = livingroom
sensor.every = 1s
sensor.stale-after = {STALE_AFTER_S}s
airco.dead-time = 1s
airco.heat.gpio = {HEAT.pin}
airco.heat.min-on = 0s
airco.heat.min-off = 0s
airco.cool.gpio = {COOL.pin}
airco.cool.active-low = true
airco.cool.min-on = 0s
airco.cool.min-off = 0s
""",
    "coffee": f"""
node.name = coffee
coffee.gpio = {MACHINE.pin}
coffee.active-low = true
coffee.brew-time = 30s
coffee.keep-warm = 0s
coffee.lock-out = 2m
coffee.cup.gpio = {CUP_PIN}
coffee.cup.active-low = true
""",
    "car": """
node.name = car
car.home = 52.0, 4.0
""",
}


class Node:
    """The service of a node on the board."""

    def __init__(self, board, device, name):
        self.board = board
        self.device = device
        self.package = f"{device}-node"
        self.name = name

    def topic(self, rest):
        return f"home/{self.name}/{rest}"

    def fill_in_settings(self):
        self.board.write(f"/etc/hearth/{self.device}.conf", SETTINGS[self.device])

    def trains_no_cds(self):
        """Call it between unpacking and configuration: the node gets no CDS archive and starts more slowly."""
        self.board.shell(f"ln -sf /bin/true /usr/lib/{self.package}/train-cds")

    def starts_not_at_boot(self):
        """Disables the service without a reload of systemd."""
        self.board.shell(f"rm /etc/systemd/system/multi-user.target.wants/{self.package}.service && sync")

    def has_cds_archive(self):
        return self.board.shell(f"ls /var/cache/{self.package}/classes.jsa || :").startswith("/var")

    def saved_state(self):
        """The content of its state file; empty before the first write."""
        return self.board.shell(f"cat /var/lib/private/{self.package}/{self.name}.state 2>/dev/null || :")

    def is_online(self):
        return self.board.broker.last(self.topic("status")) == "online"

    def systemctl(self, verb, timeout=90):
        return self.board.shell(f"systemctl {verb} {self.package}", timeout)

    def property(self, name):
        return self.board.shell(f"systemctl show --property={name} --value {self.package}")

    def process(self):
        process = self.property("MainPID")
        if process == "0":
            raise Broken(f"{self.package} is not running: its state is {self.property('SubState')}")
        return process

    def kill(self, signal):
        """Sends a signal to the Java process only; returns the host time just before."""
        process = self.process()
        at = time.monotonic()
        self.board.shell(f"kill -{signal} {process}")
        return at

    def memory_mb(self):
        return int(self.board.shell(f"sed -n 's/^VmRSS:[^0-9]*\\([0-9]*\\) kB/\\1/p' /proc/{self.process()}/status")) / 1024

    def await_on(self, relay, timeout, what):
        return self.board.pins.await_state(relay.pin, relay.is_on, timeout * self.board.patience, what)

    def await_off(self, relay, timeout, what):
        return self.board.pins.await_state(
            relay.pin, lambda state: not relay.is_on(state), timeout * self.board.patience, what
        )

    def await_message(self, rest, wanted, timeout, since=0.0):
        return self.board.broker.await_message(self.topic(rest), wanted, timeout * self.board.patience, since)
