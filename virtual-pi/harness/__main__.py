"""Runs the scenarios on emulated boards and prints the measurements. ``virtual-pi/run`` prepares its arguments."""

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

LIMIT_S = 1200  # A normal run takes nine minutes; after this time it hangs.
KEPT_PINS = "pinctrl_bcm2835.persist_gpio_outputs=1"


def name_of(scenario):
    """The name of a scenario for --only: the name of its function with hyphens."""
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
        """Runs both boards at the same time. The house board has a power cut and boots again on the same disk. Two busy boards
        slow each other down, so the house board waits while the regulator board boots and while its starts are measured.
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
                self.stop()  # After an interrupt, do not wait for the other board.
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
        """Only a thermostat, on a kernel that keeps the pins of a dead process driven, as those of Raspberry Pi OS do."""
        try:
            if not selected:
                return
            with self._board("backports", disk, KEPT_PINS) as board:
                self.booted.set()
                kept = board.shell("cat /sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs")
                if kept != "Y":
                    raise Broken(f"persist_gpio_outputs is {kept}, expected Y: this kernel does not keep its pins driven")
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
        """All three nodes on Debian's own kernel, with a power cut between the two lists."""
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
            raise Broken("a scenario before the power cut failed, so the scenarios after it were skipped")
        with self._board("stable", disk) as board:
            report.tell("the power is back")
            scene = self._scene(board, report, devices, trains_cds=False)
            scene.approach = approach
            self._play(scene, after)
            self._finish(scene)
            self._stay(scene, last=True)

    def _scene(self, board, report, devices, trains_cds):
        return scenarios.Scene(board, report, devices, trains_cds, self.options.next_version)

    def _selected(self, everyone):
        """The scenarios that match --only, with the preparation; none if no scenario matches."""
        named = [scenario for scenario in everyone if self._is_named(scenario)]
        return [scenario for scenario in everyone if scenario in named or named and scenario in scenarios.PREPARATION]

    def _is_named(self, scenario):
        return not self.options.only or any(part in name_of(scenario) for part in self.options.only)

    def _board(self, kernel, disk, extra=""):
        board = Board(self.options.board, kernel, disk, disk.with_suffix(".log"), extra, self.options.patience)
        self.boards.append(board)
        return board

    def _play(self, scene, selected):
        """Runs the scenarios one after the other. After a failure the others still run, unless a preparation failed.
        """
        good = True
        for scenario in selected:
            title = scenario.__doc__.strip()
            scene.report.tell(title)
            try:
                scenario(scene)
            except (Broken, OSError, subprocess.SubprocessError) as problem:
                scene.report.failed(title, str(problem))
                self._print_node_logs(scene)
                good = False
                if scenario in scenarios.PREPARATION:
                    break
        return good

    def _print_node_logs(self, scene):
        """Prints the latest log lines of the nodes."""
        try:
            log = scene.board.shell("SYSTEMD_COLORS=0 SYSTEMD_URLIFY=0 journalctl --no-pager -o short-monotonic -n 60 -u '*-node.service'", timeout=30)
            scene.report.tell("the latest log lines of the nodes:\n" + log)
        except (Broken, OSError) as problem:
            scene.report.tell(f"the logs of the guest cannot be read: {problem}")

    def _finish(self, scene):
        scene.report.measured("drift of the guest's clock since the boot", abs(scene.board.clock_drift()), 0.5)
        scene.report.measured("longest time between two reads of the pins", scene.board.pins.longest_gap_s * 1000, unit="ms")

    def _stay(self, scene, last):
        if not (self.options.keep and last):
            return
        print(self.report.table())
        print("The guest keeps running. Enter commands for its root shell; an empty line ends it.", flush=True)
        for line in iter(lambda: sys.stdin.readline().strip(), ""):
            print(scene.board.shell(line, check=False))

    def _disk(self, name):
        """Copies the disk for one board and writes the packages to it."""
        disk = self.work / f"{name}.img"
        copy(Path(self.options.board) / "disk.img", disk)
        packages = Path(self.options.packages)
        commands = []
        for file in sorted(packages.glob("*")) + sorted((packages / "next").glob("*")):
            if file.is_file():
                commands.append(f"write {file} {scenarios.UNDER_TEST}/{file.relative_to(packages)}")
        script = "\n".join(commands) + "\n"
        done = subprocess.run(["debugfs", "-w", "-f", "-", disk], input=script, capture_output=True, text=True, timeout=120)
        errors = [line for line in done.stderr.splitlines() if not line.startswith("debugfs 1.")]
        if done.returncode != 0 or errors:
            raise Broken(f"debugfs did not write the packages to the disk: {errors}")
        return disk

    def stop(self):
        """Ends every remaining QEMU by its process id."""
        for board in self.boards:
            board.kill()


def copy(source, target):
    """Copies a sparse file: a disk is mostly empty."""
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", source, target], check=True, timeout=120)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="virtual-pi/run")
    parser.add_argument("--board", required=True, help="the folder that board/build has made")
    parser.add_argument("--packages", required=True, help="the folder with the .deb files, the fault agent, and newer packages in next/")
    parser.add_argument("--work", required=True, help="the folder for disks and logs")
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
        print(f"The run exceeded its limit of {limit:.0f} s and was ended.\n{run.report.table()}", flush=True)
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
