"""The emulated board: QEMU's raspi3b, a root shell in it, and its pins, read from outside."""

import os
import re
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from .broken import Broken
from .broker import Broker

QEMU = "qemu-system-aarch64"
BOOT_TAKES_AT_MOST_S = 90
QUIET_BOOT_S = 18  # The boot time on a quiet machine.
MEMORY = 1 << 30  # As on a Pi 3.
DISK_AT = 0x20000000  # As in the device tree that board/build makes.
KERNEL_LINE = (
    "console=ttyAMA0,115200 loglevel=3 panic=1 mem=512M nr_cpus=1 mitigations=off nokaslr random.trust_bootloader=on"
    " root=/dev/pmem0 init=/sbin/init"
    " systemd.getty_auto=no systemd.show_status=no"
)


class Registers:
    """The registers of the chips, through QEMU's qtest socket. One thread at a time.

    QEMU's monitor can read them, too, but it handles one byte per pass of QEMU's main loop: several hundred reads per
    second slow the whole board down several times.
    """

    def __init__(self, path):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(30)
        connection.connect(str(path))
        self._lines = connection.makefile("rwb")

    def words(self, address, count):
        """Reads 32-bit words from an address."""
        shown = self._ask(f"read {address:#x} {4 * count:#x}")
        return struct.unpack(f"<{count}I", bytes.fromhex(shown[2:].decode()))

    def store(self, address, value):
        """Writes a 64-bit word."""
        self._ask(f"writeq {address:#x} {value:#x}")

    def _ask(self, question):
        self._lines.write(f"{question}\n".encode())
        self._lines.flush()
        answer = self._lines.readline().split()
        if not answer or answer[0] != b"OK":
            raise Broken(f"QEMU's qtest socket rejected {question}: {answer}")
        return answer[-1]


class Board:
    """One boot of the emulated Pi. Use it in a ``with``: it ends QEMU in any case.

    folder    the folder that board/build has made
    kernel    "stable" or "backports"
    image     the disk; at the end it has the state of the power cut
    log       a file for the output of QEMU
    extra     more words for the kernel command line
    patience  the factor for all time limits; at least the factor by which the boot was slower than on a quiet machine
    """

    def __init__(self, folder, kernel, image, log, extra="", patience=1.0):
        own = Path(folder) / QEMU
        self.emulator = own if own.exists() else QEMU
        self.kernel = Path(folder) / kernel
        self.image = image
        self._memory = Path(f"{image}.memory")
        self.log = log
        self.extra = extra
        self.patience = patience
        self.booted_at = time.monotonic()
        self._sockets = tempfile.TemporaryDirectory(prefix="virtual-pi-")
        self._shell_in_use = threading.Lock()
        self._commands = 0
        self._qemu = None
        self.pins = None

    def __enter__(self):
        paths = [Path(self._sockets.name) / name for name in ("pins", "console", "agent")]
        pins, console, agent = paths
        log = open(self.log, "ab")
        self._qemu = subprocess.Popen(
            [
                *("setpriv", "--pdeathsig", "KILL"),  # Ends QEMU if this process is killed.
                self.emulator,
                *("-M", "raspi3b,memory-backend=memory", "-display", "none", "-nic", "none", "-no-reboot"),
                # One thread, and the kernel uses one processor: each change of a page table stops all processors, so several
                # would mostly wait for each other. So two boards run at the same time as fast as one.
                *("-accel", "tcg,thread=single,tb-size=512"),
                *("-dtb", self.kernel / "board.dtb", "-kernel", self.kernel / "vmlinuz"),
                *("-initrd", self.kernel / "initrd.gz", "-append", f"{KERNEL_LINE} {self.extra}"),
                *("-object", f"memory-backend-file,id=memory,size={MEMORY},mem-path={self._memory},share=on"),
                *("-device", f"loader,file={self.image},addr={DISK_AT:#x},force-raw=on"),
                *(word for path in (console, agent) for word in ("-serial", f"unix:{path},server=on,wait=off")),
                *("-qtest", f"unix:{pins},server=on,wait=off", "-qtest-log", "/dev/null", "-monitor", "none"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        log.close()
        try:
            await_true(lambda: all(path.exists() for path in paths), 20, "QEMU's sockets", self._alive)
            self.broker = Broker(console)
            registers = Registers(pins)
            park_unused_processors(registers)
            self.pins = Pins(registers)
            self._shell = socket.socket(socket.AF_UNIX)
            self._shell.connect(str(agent))
            self._await_shell()
            self.broker.connect(BOOT_TAKES_AT_MOST_S * self.patience)
            self.patience = max(self.patience, (time.monotonic() - self.booted_at) / QUIET_BOOT_S)
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_):
        self.kill()

    @property
    def pid(self):
        return self._qemu.pid

    def kill(self):
        """A power cut: the guest cannot write anything more."""
        if self._qemu is None:
            return
        if self.pins is not None:
            self.pins.stop()
        if self._qemu.poll() is None:
            self._qemu.send_signal(signal.SIGKILL)
        self._qemu.wait(20)
        self._sockets.cleanup()
        self._keep_disk()
        self._qemu = None

    def _keep_disk(self):
        """Copies the disk out of the board's memory, which is a file on the host that survives QEMU."""
        if not self._memory.exists():
            return  # The board was never on.
        size = os.path.getsize(self.image)
        with open(self._memory, "rb") as memory, open(self.image, "r+b") as image:
            memory.seek(DISK_AT)
            while size > 0:
                block = memory.read(min(size, 1 << 20))
                image.write(block)
                size -= len(block)
        self._memory.unlink()

    def shell(self, command, timeout=60, check=True):
        """Runs a command as root in the guest and returns its output, stripped. A failure raises :class:`Broken`."""
        with self._shell_in_use:
            self._commands += 1
            end = re.compile(rb"@%d:(\d+)@\n" % self._commands)
            line = f'( {command}\n) 2>&1 </dev/null; s=$?; echo; echo "@{self._commands}:$s@"\n'
            self._shell.sendall(line.encode())
            out = self._receive(end.search, timeout * self.patience, command)
        found = end.search(out)
        text = out[: found.start()].decode(errors="replace").strip()
        if check and int(found[1]) != 0:
            raise Broken(f"the command in the guest exited with {int(found[1])}: {command}: {text}")
        return text

    def write(self, path, text):
        """Writes a file in the guest."""
        self.shell(f"cat > {path} <<'END-OF-FILE'\n{text.rstrip()}\nEND-OF-FILE\n")

    def uptime(self):
        """The guest's clock, in seconds since it booted."""
        return float(self.shell("cut -d' ' -f1 /proc/uptime"))

    def guest_clock(self, host_time):
        """The guest's clock at a host time. Both run at the same rate, which the end of the run checks."""
        return host_time + self._ahead

    def set_guest_clock(self):
        self._ahead = self.clock_ahead()

    def clock_ahead(self):
        """How far the guest's clock is ahead of the host's, from the fastest of several reads."""
        looks = []
        for _ in range(5):
            asked = time.monotonic()
            shown = self.uptime()
            answered = time.monotonic()
            looks.append((answered - asked, shown - (asked + answered) / 2))
        return min(looks)[1]

    def clock_drift(self):
        """How much the guest's clock has gained on the host's since the boot."""
        return self.clock_ahead() - self._ahead

    def _await_shell(self):
        self._receive(re.compile(rb"@ready@ [0-9.]+\n").search, BOOT_TAKES_AT_MOST_S * self.patience, "boot")
        self.set_guest_clock()

    def _receive(self, is_over, timeout, what):
        """Receives until ``is_over``. Removes carriage returns, which the terminal adds."""
        end = time.monotonic() + timeout
        out = b""
        while not is_over(out):
            self._shell.settimeout(1)
            try:
                received = self._shell.recv(65536)
            except TimeoutError:
                received = b""
            except OSError as lost:
                raise Broken(f"{what}: lost the connection to the guest: {lost}") from lost
            self._alive()
            out += received.replace(b"\r", b"")
            if time.monotonic() > end:
                raise Broken(f"{what}: no answer within {timeout} s; so far: {out.decode(errors='replace')[-500:]}")
        return out

    def _alive(self):
        if self._qemu is None:
            raise Broken("the board has no power")
        if self._qemu.poll() is not None:
            tail = Path(self.log).read_text(errors="replace")[-2000:]
            raise Broken(f"QEMU exited with {self._qemu.returncode}: {tail}")


def park_unused_processors(registers):
    """Makes the three processors that the kernel does not use wait for an interrupt that never comes. Otherwise they poll
    for work, which uses one processor of the host.
    """
    registers.store(0x500, 0x17FFFFFF_D503207F)  # wfi; b .-4, at an unused address.
    for processor in (1, 2, 3):
        registers.store(0xD8 + 8 * processor, 0x500)  # The address that each of them polls (QEMU's hw/arm/raspi.c, SPINTABLE_ADDR).


class Pins:
    """The pins of the board, read from outside many times per second, independent of the software in the guest.

    A pin is ``in``, or ``high`` or ``low`` if the board drives it. The level of a pin that is not driven has no meaning,
    as QEMU has no pull resistors.
    """

    FUNCTIONS = 0x3F200000  # GPFSEL0, ten pins a word, three bits each (BCM2835 peripherals, 6.1)
    LEVELS_WORD = 13  # GPLEV0, 32 pins
    PAUSE_S = 0.02  # Each read stops the board for a moment; a read every 3 ms costs a quarter of its speed.

    def __init__(self, registers):
        self._registers = registers
        self._changed = threading.Condition()
        self._now = {}
        self._changes = []
        self._stopping = False
        self.longest_gap_s = 0.0
        self._look()
        self._thread = threading.Thread(target=self._watch, name="pins", daemon=True)
        self._thread.start()

    def stop(self):
        self._stopping = True
        self._thread.join(10)

    def now(self, pin):
        with self._changed:
            return self._now[pin]

    def changes(self, pin, since=0.0):
        """(host time, state from then on), oldest first."""
        with self._changed:
            return [(at, state) for at, changed, state in self._changes if changed == pin and at >= since]

    def await_state(self, pin, wanted, timeout, what):
        """Waits until ``wanted`` is true for the state of the pin; returns the host time of its last change."""
        end = time.monotonic() + timeout
        with self._changed:
            while not wanted(self._now[pin]):
                left = end - time.monotonic()
                if left <= 0 or self._stopping:
                    raise Broken(f"{what}: GPIO{pin} is still {self._now[pin]} after {timeout} s")
                self._changed.wait(left)
            changes = [at for at, changed, _ in self._changes if changed == pin]
            return changes[-1] if changes else time.monotonic()

    def _watch(self):
        before = time.monotonic()
        while not self._stopping:
            try:
                self._look()
            except (Broken, OSError, ValueError):
                return  # QEMU has ended; waiting calls end with their time-out.
            now = time.monotonic()
            self.longest_gap_s = max(self.longest_gap_s, now - before)
            before = now
            time.sleep(self.PAUSE_S)

    def _look(self):
        words = self._registers.words(self.FUNCTIONS, self.LEVELS_WORD + 1)
        at = time.monotonic()
        with self._changed:
            for pin in range(28):
                function = (words[pin // 10] >> (3 * (pin % 10))) & 7
                level = (words[self.LEVELS_WORD] >> pin) & 1
                state = "in" if function == 0 else "alternate" if function != 1 else "high" if level else "low"
                if self._now.get(pin) != state:
                    self._now[pin] = state
                    self._changes.append((at, pin, state))
                    self._changed.notify_all()


def await_true(condition, timeout, what, each_time=lambda: None):
    """Waits until a condition is true; returns the host time."""
    end = time.monotonic() + timeout
    while not condition():
        each_time()
        if time.monotonic() > end:
            raise Broken(f"{what}: did not happen within {timeout} s")
        time.sleep(0.05)
    return time.monotonic()
