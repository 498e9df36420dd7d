"""The messages of the guest's broker."""

import socket
import struct
import threading
import time
from dataclasses import dataclass

from .broken import Broken

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK = 1, 2, 3, 4, 8, 9
MESSAGE_EXPIRY, USER_PROPERTY = 0x02, 0x26


@dataclass(frozen=True)
class Message:
    at: float  # Host time of arrival, from time.monotonic().
    topic: str
    payload: str


class Broker:
    """The guest's broker, through one MQTT 5 connection over a serial port, which QEMU offers as a socket.

    Subscribes to ``home/#`` at the start and stores all messages.
    """

    def __init__(self, path):
        self._arrived = threading.Condition()
        self._messages = []
        self._answers = {}
        self._sending = threading.Lock()
        self._last_id = 0
        self._port = socket.socket(socket.AF_UNIX)
        self._port.connect(str(path))

    def connect(self, timeout):
        """Waits for the guest's broker and connects."""
        self._await_guest(timeout)
        self._bytes = self._port.makefile("rb")
        name = _text("virtual-pi-test")
        self._send(CONNECT, 0, _text("MQTT") + bytes([5, 0b10, 0, 0, 0]) + name)
        threading.Thread(target=self._listen, name="broker", daemon=True).start()
        self._await_answer(CONNACK, 0)
        subscription = self._next_id()
        self._send(SUBSCRIBE, 0b0010, struct.pack(">HB", subscription, 0) + _text("home/#") + b"\x01")
        self._await_answer(SUBACK, subscription)

    def messages(self, topic, since=0.0):
        with self._arrived:
            return [message for message in self._messages if message.topic == topic and message.at >= since]

    def last(self, topic):
        """The latest payload of a topic; None without a message."""
        received = self.messages(topic)
        return received[-1].payload if received else None

    def await_message(self, topic, wanted, timeout, since=0.0):
        """The first message on a topic whose payload equals ``wanted``, or for which ``wanted`` returns true."""
        matches = wanted if callable(wanted) else lambda payload: payload == wanted
        end = time.monotonic() + timeout
        with self._arrived:
            while True:
                received = [message for message in self._messages if message.topic == topic and message.at >= since]
                for message in received:
                    if matches(message.payload):
                        return message
                left = end - time.monotonic()
                if left <= 0:
                    latest = [message.payload for message in received[-5:]]
                    expected = "a matching payload" if callable(wanted) else wanted
                    raise Broken(f"{topic}: expected {expected} within {timeout} s, received {latest}")
                self._arrived.wait(left)

    def publish(self, topic, payload, retain=False, expiry_s=None):
        properties = b""
        if expiry_s is not None:
            properties = struct.pack(">BI", MESSAGE_EXPIRY, expiry_s)
            properties += bytes([USER_PROPERTY]) + _text("lifetime_s") + _text(str(expiry_s))
        packet = self._next_id()
        head = _text(topic) + struct.pack(">HB", packet, len(properties)) + properties
        self._send(PUBLISH, 0b0010 | retain, head + payload.encode())
        self._await_answer(PUBACK, packet)

    def _await_guest(self, timeout):
        end = time.monotonic() + timeout
        self._port.settimeout(1)
        console = b""
        while b"@broker@\n" not in console.replace(b"\r", b""):
            if time.monotonic() > end:
                text = console.decode(errors="replace")[-2000:]
                raise Broken(f"the guest's broker did not start within {timeout} s; the console: {text}")
            try:
                received = self._port.recv(1)  # One byte at a time: the next bytes are the broker's.
            except TimeoutError:
                continue
            if not received:
                raise Broken(f"QEMU exited; the console: {console.decode(errors='replace')[-2000:]}")
            console += received
        self._port.settimeout(None)

    def _listen(self):
        try:
            while True:
                kind, flags, body = self._receive()
                if kind == PUBLISH:
                    self._take(flags, body)
                elif kind == CONNACK:
                    self._answer(kind, 0, body[1])
                elif kind in (PUBACK, SUBACK):
                    self._answer(kind, struct.unpack_from(">H", body)[0], body[-1] if len(body) > 2 else 0)
        except (OSError, EOFError, struct.error, ValueError, IndexError):
            pass  # The board has lost its power; waiting calls end with their time-out.

    def _take(self, flags, body):
        topic_ends = 2 + struct.unpack_from(">H", body)[0]
        topic = body[2:topic_ends].decode()
        if flags & 0b0110:
            packet = body[topic_ends : topic_ends + 2]
            self._send(PUBACK, 0, packet)
            topic_ends += 2
        length, at = _length(body, topic_ends)
        with self._arrived:
            self._messages.append(Message(time.monotonic(), topic, body[at + length :].decode()))
            self._arrived.notify_all()

    def _answer(self, kind, packet, reason):
        with self._arrived:
            self._answers[kind, packet] = reason
            self._arrived.notify_all()

    def _await_answer(self, kind, packet):
        with self._arrived:
            if not self._arrived.wait_for(lambda: (kind, packet) in self._answers, 30):
                raise Broken(f"the broker did not answer within 30 s (packet type {kind}, id {packet})")
            reason = self._answers.pop((kind, packet))
        if reason >= 0x80:
            raise Broken(f"the broker rejected packet type {kind}, id {packet}: reason {reason:#x}")

    def _next_id(self):
        with self._arrived:
            self._last_id += 1
            return self._last_id

    def _send(self, kind, flags, body):
        with self._sending:
            self._port.sendall(bytes([kind << 4 | flags]) + _variable(len(body)) + body)

    def _receive(self):
        first = self._exactly(1)[0]
        length = shift = 0
        while True:
            byte = self._exactly(1)[0]
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return first >> 4, first & 0xF, self._exactly(length)

    def _exactly(self, count):
        received = self._bytes.read(count)
        if len(received) < count:
            raise EOFError
        return received


def _text(text):
    encoded = text.encode()
    return struct.pack(">H", len(encoded)) + encoded


def _variable(number):
    encoded = bytearray()
    while True:
        encoded.append(number & 0x7F | (0x80 if number > 0x7F else 0))
        number >>= 7
        if not number:
            return bytes(encoded)


def _length(body, at):
    """A variable length integer, and the position after it."""
    length = shift = 0
    while True:
        byte = body[at]
        length |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return length, at
