"""Runs the scenarios on emulated boards and prints what was measured. ``virtual-pi/run`` prepares what it needs."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import traceback
from pathlib import Path

from . import scenarios
from .board import Board
from .broken import Broken
from .report import Report

LIMIT_S = 1200  # Nine minutes are usual. What takes so long hangs.
KEPT_PINS = "pinctrl_bcm2835.persist_gpio_outputs=1"


def name_of(scenario):
    """Its function's name, with which --only finds it."""
    return scenario.__name__.replace("_", "-")


class Run:
    def __init__(self, options):
        self.options = options
        self.work = Path(options.work)
        self.report = Report()
        self.boards = []
        self.booted = threading.Event()
        self.start_measured = threading.Event()

    def everything(self):
        """Two boards side by side. The second one has a power cut, and boots again on the same disk. Two boards at work take
        each other's time: it rests while the first one boots, by which bounds are set, and while its start is measured.
        """
        try:
            regulator_disk, house_disk = self._disk("regulator"), self._disk("house")
            regulator = self._selected(scenarios.REGULATOR)
            before = self._selected(scenarios.HOUSE)
            after = self._selected(scenarios.HOUSE_AFTER_POWER_CUT)
            aside = threading.Thread(target=self._guarded, args=(self._regulator, regulator_disk, regulator), name="regulator")
            aside.start()
            try:
                self._guarded(self._house, house_disk, scenarios.HOUSE if after else before, after)
            except BaseException:
                self.stop()  # Interrupted: or the other board would be waited for.
                raise
            finally:
                aside.join()
        except Broken as problem:
            self.report.failed("the boards", str(problem))

    def _guarded(self, board, *arguments):
        try:
            board(*arguments)
        except Broken as problem:
            self.report.failed(board.__name__.strip("_"), str(problem))
        except Exception:
            self.report.failed(board.__name__.strip("_"), traceback.format_exc())

    def _regulator(self, disk, selected):
        """A thermostat alone, on a kernel that keeps its pins as Raspberry Pi's own do."""
        try:
            if not selected:
                return
            with self._board("backports", disk, KEPT_PINS) as board:
                self.booted.set()
                kept = board.shell("cat /sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs")
                if kept != "Y":
                    raise Broken(f"this kernel does not keep its pins: {kept}")
                scene = self._scene(board, self.report.of("regulator"), ("thermostat",), trains_cds=True)
                preparation = [scenario for scenario in selected if scenario in scenarios.PREPARATION]
                if self._play(scene, preparation):
                    self.start_measured.set()
                    self._play(scene, selected[len(preparation) :])
                self._finish(scene)
        finally:
            self.booted.set()
            self.start_measured.set()

    def _house(self, disk, before, after):
        """All three nodes on Debian's own kernel, and a power cut between the two lists."""
        if not before and not self.options.keep:
            return
        self.booted.wait()
        devices = ("thermostat", "coffee", "car")
        report = self.report.of("house")
        with self._board("stable", disk) as board:
            scene = self._scene(board, report, devices, trains_cds=False)
            first, *others = before or scenarios.PREPARATION
            good = self._play(scene, [first])
            self.start_measured.wait()
            good = good and self._play(scene, others)
            approach = scene.approach
            self._stay(scene, last=not after)
        if not after:
            return
        if not good:
            raise Broken("what comes before the power cut did not hold, so what comes after it was not tried")
        with self._board("stable", disk) as board:
            report.tell("the mains are back")
            scene = self._scene(board, report, devices, trains_cds=False)
            scene.approach = approach
            self._play(scene, after)
            self._finish(scene)
            self._stay(scene, last=True)

    def _scene(self, board, report, devices, trains_cds):
        return scenarios.Scene(board, report, devices, trains_cds, self.options.next_version)

    def _selected(self, everyone):
        """Those that --only names, after what must come before any; none if it names none of these."""
        named = [scenario for scenario in everyone if self._is_named(scenario)]
        return [scenario for scenario in everyone if scenario in named or named and scenario in scenarios.PREPARATION]

    def _is_named(self, scenario):
        return not self.options.only or any(part in name_of(scenario) for part in self.options.only)

    def _board(self, kernel, disk, extra=""):
        board = Board(self.options.board, kernel, disk, disk.with_suffix(".log"), extra, self.options.patience)
        self.boards.append(board)
        return board

    def _play(self, scene, selected):
        """Plays one scenario after the other. One that fails does not keep the others from being played, unless it is
        what they all need.
        """
        good = True
        for scenario in selected:
            title = scenario.__doc__.strip()
            scene.report.tell(title)
            try:
                scenario(scene)
            except (Broken, OSError, subprocess.SubprocessError) as problem:
                scene.report.failed(title, str(problem))
                self._say_why(scene)
                good = False
                if scenario in scenarios.PREPARATION:
                    break
        return good

    def _say_why(self, scene):
        """What the nodes have said lately."""
        try:
            said = scene.board.shell("SYSTEMD_COLORS=0 SYSTEMD_URLIFY=0 journalctl --no-pager -o short-monotonic -n 60 -u '*-node.service'", timeout=30)
            scene.report.tell("the nodes' last words:\n" + said)
        except (Broken, OSError) as problem:
            scene.report.tell(f"and the guest cannot be asked why: {problem}")

    def _finish(self, scene):
        scene.report.measured("guest's clock against ours, drift over the boot", abs(scene.board.clock_drift()), 0.5)
        scene.report.measured("longest time between two looks at the pins", scene.board.pins.longest_gap_s * 1000, unit="ms")

    def _stay(self, scene, last):
        if not (self.options.keep and last):
            return
        print(self.report.table())
        print("The guest stays. Type commands for its root shell; an empty line ends it.", flush=True)
        for line in iter(lambda: sys.stdin.readline().strip(), ""):
            print(scene.board.shell(line, check=False))

    def _disk(self, name):
        """A disk of a board's own, with the packages on it."""
        disk = self.work / f"{name}.img"
        copy(Path(self.options.board) / "disk.img", disk)
        packages = Path(self.options.packages)
        commands = []
        for file in sorted(packages.glob("*")) + sorted((packages / "next").glob("*")):
            if file.is_file():
                commands.append(f"write {file} {scenarios.UNDER_TEST}/{file.relative_to(packages)}")
        orders = "\n".join(commands) + "\n"
        done = subprocess.run(["debugfs", "-w", "-f", "-", disk], input=orders, capture_output=True, text=True, timeout=120)
        complaints = [line for line in done.stderr.splitlines() if not line.startswith("debugfs 1.")]
        if done.returncode != 0 or complaints:
            raise Broken(f"the packages could not be put on the disk: {complaints}")
        return disk

    def stop(self):
        """Ends every QEMU that is left, by its id."""
        for board in self.boards:
            board.kill()


def copy(source, target):
    """With the holes left as holes: a disk is mostly empty."""
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", source, target], check=True, timeout=120)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="virtual-pi/run")
    parser.add_argument("--board", required=True, help="what board/build has built")
    parser.add_argument("--packages", required=True, help="the .deb files, the agent, and in next/ newer packages")
    parser.add_argument("--work", required=True, help="a folder for disks and logs")
    parser.add_argument("--next-version", required=True)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--patience", type=float, default=1.0)
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    run = Run(options)
    limit = LIMIT_S * options.patience

    def out_of_time():
        print(f"It takes longer than {limit:.0f} s, and is ended.\n{run.report.table()}", flush=True)
        run.stop()
        os._exit(1)

    timer = threading.Timer(limit, out_of_time)
    timer.daemon = True
    if not options.keep:
        timer.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        run.everything()
    finally:
        timer.cancel()
        run.stop()
        for disk in run.work.glob("*.img*"):
            disk.unlink()
    print()
    print(run.report.table())
    return 0 if run.report.is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
