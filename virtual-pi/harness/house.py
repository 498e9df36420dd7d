"""The house as the nodes see it: its broker's messages, and a car's way home."""

import json
import socketserver
import subprocess
import threading
import time
from dataclasses import dataclass

from .board import Broken


@dataclass(frozen=True)
class Message:
    at: float  # Our time of arrival, as time.monotonic() tells it.
    topic: str
    payload: str
    retained: bool  # It was there before we listened.


class Broker:
    """The guest's broker, over its forwarded port. Listens to everything from the start; loses nothing while it lasts."""

    HOST = "127.0.0.1"

    def __init__(self, port):
        self._port = port
        self._arrived = threading.Condition()
        self._messages = []
        self._listener = subprocess.Popen(
            ["mosquitto_sub", "-h", self.HOST, "-p", str(port), "-t", "home/#", "-q", "1", "-F", "%r %t %p"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            bufsize=1,
        )
        threading.Thread(target=self._listen, name="broker", daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.kill()
        self._listener.wait(10)

    def messages(self, topic, since=0.0):
        with self._arrived:
            return [message for message in self._messages if message.topic == topic and message.at >= since]

    def last(self, topic):
        """What is so now; None if nothing was ever said."""
        said = self.messages(topic)
        return said[-1].payload if said else None

    def await_message(self, topic, wanted, timeout, since=0.0):
        """The first message on a topic whose payload is as wanted: a text, or a predicate."""
        agrees = wanted if callable(wanted) else lambda payload: payload == wanted
        end = time.monotonic() + timeout
        with self._arrived:
            while True:
                said = [message for message in self._messages if message.topic == topic and message.at >= since]
                for message in said:
                    if agrees(message.payload):
                        return message
                left = end - time.monotonic()
                if left <= 0:
                    heard = [message.payload for message in said[-5:]]
                    wish = "as it should be" if callable(wanted) else wanted
                    raise Broken(f"{topic} is not {wish} within {timeout} s; heard: {heard}")
                self._arrived.wait(left)

    def publish(self, topic, payload, retain=False, lives_s=None):
        words = ["mosquitto_pub", "-h", self.HOST, "-p", str(self._port), "-V", "mqttv5", "-q", "1"]
        words += ["-t", topic, "-m", payload] + (["-r"] if retain else [])
        if lives_s is not None:
            words += ["-D", "publish", "message-expiry-interval", str(lives_s)]
            words += ["-D", "publish", "user-property", "lifetime_s", str(lives_s)]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
        if done.returncode != 0:
            raise Broken(f"{topic} could not be published: {done.stderr.strip()}")

    def _listen(self):
        for line in self._listener.stdout:
            retained, topic, payload = line.rstrip("\n").split(" ", 2)
            with self._arrived:
                self._messages.append(Message(time.monotonic(), topic, payload, retained == "1"))
                self._arrived.notify_all()


class Road:
    """A car with a receiver behind gpsd, as far as the car's node can tell: the lines of gpsd_json(5), once a second.

    It stands where it is until it is told to drive; home is due south of it.
    """

    HOME_DEG = (52.0, 4.0)
    METRES_PER_DEGREE = 111_195.0
    GREETING = {"class": "VERSION", "release": "3.22", "rev": "3.22", "proto_major": 3, "proto_minor": 14}

    def __init__(self, metres_from_home):
        self._from = metres_from_home
        self._speed_mps = 0.0
        self._started = time.monotonic()
        road = self

        class Receiver(socketserver.StreamRequestHandler):
            def handle(self):
                road.tell(self.wfile)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Receiver)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, name="gpsd", daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def drive_home(self, speed_mps):
        """Returns the seconds it will take."""
        self._from = self.metres()
        self._started = time.monotonic()
        self._speed_mps = speed_mps
        return self._from / speed_mps

    def metres(self):
        return max(0.0, self._from - self._speed_mps * (time.monotonic() - self._started))

    def tell(self, to):
        try:
            self._say(to, self.GREETING)
            while True:
                latitude = self.HOME_DEG[0] + self.metres() / self.METRES_PER_DEGREE
                moving = self._speed_mps if self.metres() > 0 else 0.0
                place = {"class": "TPV", "mode": 3, "lat": round(latitude, 7), "lon": self.HOME_DEG[1], "eph": 4.0}
                self._say(to, {**place, "speed": moving, "track": 180.0})
                time.sleep(1)
        except OSError:
            pass  # The node has hung up, or its board has lost its power.

    @staticmethod
    def _say(to, what):
        to.write((json.dumps(what) + "\n").encode())
        to.flush()
