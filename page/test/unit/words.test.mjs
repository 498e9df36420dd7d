import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { RoomHistory } from "../../web/js/history.mjs";
import { DisplayTime, countdown, duration, steadyClock } from "../../web/js/clock.mjs";
import { FAULTS, LATCHED, REASON_CODES, degrees, reasonWords, title } from "../../web/js/words.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const read = (file) => readFileSync(ROOT + file, "utf8");

test("the page has words for exactly the faults of docs/troubleshooting.md", () => {
  const known = [...read("docs/troubleshooting.md").matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  assert.ok(known.length > 20);
  const modules = readdirSync(ROOT).map((name) => `${name}/src/main/page/faults.json`).filter((file) => existsSync(ROOT + file));
  const ofDevices = modules.flatMap((file) => Object.keys(JSON.parse(read(file))));
  assert.deepEqual([...Object.keys(FAULTS), ...ofDevices].sort(), known.sort());
  assert.ok(LATCHED.every((code) => known.includes(code)));
});

test("the page has words for exactly the reasons in the source of the airco", () => {
  const folder = "thermostat-node/src/main/java/hearth/thermostat/";
  const source = readdirSync(ROOT + folder).filter((name) => /^(ClimateControl|ClimateState|Verdict|Output)\.java$/.test(name)).map((name) => read(folder + name)).join("\n");
  const named = new Set(["target-reached", "frost", "to-target"]);
  for (const [, call] of source.matchAll(/(?:Verdict\.\w+|new Verdict|new Reason|new Output|resting|withPause)\(([^;]*);/g)) {
    for (const [, code] of call.matchAll(/"([a-z]+(?:-[a-z]+)*)"/g)) named.add(code);
  }
  assert.ok(named.size > 15);
  assert.deepEqual([...REASON_CODES].sort(), [...named].sort());
  for (const because of named) {
    for (const doing of ["off", "idle", "heat", "cool"]) {
      const words = reasonWords({ want: "heat", doing, because });
      assert.ok(!words.includes("{") && words.endsWith("."), words);
    }
  }
});

test("close to the set point the reason says when the airco starts, for each mode and preset", () => {
  const why = (mode, preset) => reasonWords({ want: "idle", doing: "idle", because: "in-band" }, mode, preset);
  assert.match(why("heat_cool", "home"), /Close to the set point.*colder or warmer/);
  assert.match(why("heat", "home"), /Warm enough.*clearly colder\.$/);
  assert.match(why("cool", null), /Cool enough.*clearly warmer\.$/);
  assert.match(why("heat", "away"), /You are away.*much colder\.$/);
  assert.match(why(null, null), /Close to the set point/);
});

test("an unknown code is shown as it is", () => {
  assert.equal(reasonWords({ want: "heat", doing: "idle", because: "new-reason" }), "Reason: new-reason.");
});

test("ages, remaining times, names and temperatures are readable", () => {
  assert.deepEqual([0, 999, 59_999, 60_000, 3_599_000, 7_200_000, 200_000_000].map(duration), ["0 s", "0 s", "59 s", "1 min", "59 min", "2 h", "2 days"]);
  assert.deepEqual([5, 299, 700, 14_400].map(countdown), ["5 s", "4 min 59 s", "12 min", "4 h"]);
  assert.deepEqual([title("living-room"), degrees(-0.55)], ["Living room", "−0.6 °C"]);
});

test("the time that a laptop slept counts as age, and a clock that is set back makes nothing younger", () => {
  let monotonic = 0;
  let wall = 5_000_000;
  const clock = steadyClock(() => monotonic, () => wall);
  monotonic += 100;
  wall += 100;
  assert.equal(clock(), 100);
  wall += 3_600_000; // Slept: the monotonic clock stopped.
  assert.equal(clock(), 3_600_100);
  monotonic += 50;
  wall -= 7_200_000; // Set back.
  assert.equal(clock(), 3_600_150);
});

test("ages are in simulated time if there is one", () => {
  const time = new DisplayTime(() => 0);
  assert.deepEqual([0, 9999, 10_000, 180_000].map((ms) => time.ago(ms)), ["a moment ago", "a moment ago", "10 s ago", "3 min ago"]);
  time.simulate(Date.parse("2026-04-14T11:30:00Z"), 60);
  assert.deepEqual([100, 500, 9000].map((ms) => time.ago(ms)), ["a moment ago", "30 s ago", "9 min ago"]);
});

test("simulated time runs faster, and a delayed message does not turn it back", () => {
  let now = 0;
  const time = new DisplayTime(() => now);
  assert.equal(time.simulate(Date.parse("2026-04-14T11:30:00Z"), 60), true);
  now = 10_000;
  assert.equal(time.hour(time.at(now)), "11:40");
  assert.equal(time.simulate(Date.parse("2026-04-14T11:39:30Z"), 60), false); // Half a second late on its way.
  assert.equal(time.hour(time.at(now)), "11:40");
  time.simulate(Date.parse("2026-04-14T11:40:30Z"), 60);
  now += 500;
  assert.equal(time.hour(time.at(now)), "11:41");
});

test("a late reading is inserted at its time, and a stored history is restored", () => {
  const history = new RoomHistory();
  for (const [at, celsius] of [[1000, 19], [1300, 20], [1120, 19.2], [1120, 19.2]]) history.addReading("sensor", at, celsius);
  assert.deepEqual(history.readings.get("sensor").at, [1000, 1120, 1300]);
  history.setAction("heating", 1000);
  history.setAction("heating", 1200);
  history.setAction("idle", 1300);
  history.setTarget(20, 1000);
  const restored = RoomHistory.fromStored(JSON.parse(JSON.stringify(history.toStored())), 2000);
  assert.deepEqual(restored.readings.get("sensor").celsius, [19, 19.2, 20]);
  assert.deepEqual(restored.periods, [{ from: 1000, to: 1300, action: "heating" }]);
  assert.equal(restored.targetAt(1500), 20);
  assert.equal(restored.targetAt(2000), null);
  for (const odd of [null, 5, {}, { lines: 3 }, { lines: [["a", [["x", "y"]]]], spans: [], targets: [] }]) {
    assert.equal(RoomHistory.fromStored(odd, 2000).periods.length, 0);
  }
});
