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

LIMIT_S = 540
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
        self.disk = self.work / "disk.img"

    def everything(self):
        """Two boots on one disk with a power cut between them, and on a copy of it a third with the other kernel."""
        try:
            self._prepare_disk()
            selected = self._selected()
            kept = self.work / "disk-of-the-keeping-kernel.img"
            second = [scenario for scenario in scenarios.SECOND_BOOT if scenario in selected]
            keeping = [scenario for scenario in scenarios.KEEPING_BOOT if scenario in selected]
            first = [
                scenario
                for scenario in scenarios.FIRST_BOOT
                if scenario in selected or second or keeping or scenario in scenarios.FIRST_BOOT[:2]
            ]
            with self._board("stable", self.disk) as board:
                scene = self._scene(board)
                good = self._play(scene, first, all_or_nothing=True)
                self._stay(scene, last=not good or not (second or keeping))
            if not good:
                return
            copy(self.disk, kept)
            aside = threading.Thread(target=self._keeping_boot, args=(kept, keeping), name="keeping")
            if keeping:
                aside.start()
            try:
                if second:
                    self._second_boot(scene, second)
            finally:
                if keeping:
                    aside.join()
        except Broken as problem:
            self.report.failed("the boards", str(problem))
        except Exception:
            self.report.failed("the harness", traceback.format_exc())

    def _second_boot(self, before, selected):
        with self._board("stable", self.disk) as board:
            self.report.tell("the mains are back")
            scene = self._scene(board)
            scene.approach = before.approach
            self._play(scene, selected)
            self._finish(board)
            self._stay(scene, last=True)

    def _keeping_boot(self, disk, selected):
        try:
            with self._board("backports", disk, KEPT_PINS) as board:
                self._play(self._scene(board), selected)
        except Exception as problem:
            self.report.failed("the boot of the kernel that keeps its pins", str(problem))

    def _scene(self, board):
        return scenarios.Scene(board, self.report, self.options.next_version)

    def _selected(self):
        everyone = scenarios.FIRST_BOOT + scenarios.SECOND_BOOT + scenarios.KEEPING_BOOT
        wanted = self.options.only
        return [scenario for scenario in everyone if not wanted or any(part in name_of(scenario) for part in wanted)]

    def _board(self, kernel, disk, extra=""):
        board = Board(self.options.board, kernel, disk, self.work / f"{kernel}.log", extra, self.options.patience)
        self.boards.append(board)
        return board

    def _play(self, scene, selected, all_or_nothing=False):
        """Plays one scenario after the other. One that fails does not keep the others from being played."""
        good = True
        for scenario in selected:
            title = scenario.__doc__.strip()
            self.report.tell(title)
            try:
                scenario(scene)
            except (Broken, OSError, subprocess.SubprocessError) as problem:
                self.report.failed(title, str(problem))
                self._say_why(scene)
                good = False
                if all_or_nothing:
                    break
        return good

    def _say_why(self, scene):
        """What the nodes have said lately."""
        try:
            said = scene.board.shell("journalctl --no-pager -o short-monotonic -n 60 -u '*-node.service'", timeout=30)
            self.report.tell("the nodes' last words:\n" + said)
        except (Broken, OSError) as problem:
            self.report.tell(f"and the guest cannot be asked why: {problem}")

    def _finish(self, board):
        self.report.measured("guest's clock against ours, drift over the boot", abs(board.clock_drift()), 0.5)
        self.report.measured("pins: longest time between two looks", board.pins.longest_gap_s * 1000, unit="ms")

    def _stay(self, scene, last):
        if not (self.options.keep and last):
            return
        print(self.report.table())
        print("The guest stays. Type commands for its root shell; an empty line ends it.", flush=True)
        for line in iter(input, ""):
            print(scene.board.shell(line, check=False))

    def _prepare_disk(self):
        copy(Path(self.options.board) / "root.img", self.disk)
        packages = Path(self.options.packages)
        commands = [f"mkdir {scenarios.UNDER_TEST}/next"]
        for file in sorted(packages.glob("*")) + sorted((packages / "next").glob("*")):
            if file.is_file():
                commands.append(f"write {file} {scenarios.UNDER_TEST}/{file.relative_to(packages)}")
        orders = "\n".join(commands) + "\n"
        done = subprocess.run(["debugfs", "-w", "-f", "-", self.disk], input=orders, capture_output=True, text=True, timeout=120)
        if done.returncode != 0 or "rror" in done.stderr.replace("debugfs 1.", ""):
            raise Broken(f"the packages could not be put on the disk: {done.stderr}")

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
        for disk in run.work.glob("*.img"):
            disk.unlink()
    print()
    print(run.report.table())
    return 0 if run.report.is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
