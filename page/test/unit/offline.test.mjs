import assert from "node:assert/strict";
import { test } from "node:test";
import { OfflineLog } from "../../web/js/offline.mjs";

/** A log in a list, and a clock that the test sets. */
function start() {
  let now = 0;
  const lines = [];
  const offlineLog = new OfflineLog({ add: (words, kind, at = now) => lines.push(`${words} @${at / 1000}`) }, () => now);
  return {
    offlineLog,
    lines,
    wait: (s) => {
      now += s * 1000;
      offlineLog.render();
    },
  };
}

test("a device that goes offline is logged with the time at which it went offline", () => {
  const { offlineLog, lines, wait } = start();
  offlineLog.wentOffline("living-room");
  wait(1);
  assert.deepEqual(lines, []);
  wait(1);
  assert.deepEqual(lines, ["Living room is offline @0"]);
  offlineLog.cameOnline("living-room");
  assert.deepEqual(lines.slice(1), ["Living room is online @2"]);
});

test("a device that is back within a moment is logged as offline and as online", () => {
  const { offlineLog, lines, wait } = start();
  offlineLog.wentOffline("car");
  wait(0.5);
  offlineLog.cameOnline("car");
  wait(10);
  assert.deepEqual(lines, ["Car is offline @0", "Car is online @0.5"]);
});

test("a broker that stops publishes every last will, and no device is logged as offline for that", () => {
  const { offlineLog, lines, wait } = start();
  offlineLog.wentOffline("airco");
  offlineLog.wentOffline("coffee");
  wait(0.1);
  offlineLog.connectionLost();
  wait(20);
  offlineLog.connectionRestored();
  wait(2);
  offlineLog.cameOnline("airco");
  assert.deepEqual(lines, ["Airco is back @22.1"]);
  wait(59);
  assert.deepEqual(lines.slice(1), ["Coffee is offline @20.1"], "a device that does not reconnect is logged as offline");
});
