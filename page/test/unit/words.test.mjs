import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Curve } from "../../web/js/curve.mjs";
import { HouseTime, countdown, duration, steadyClock } from "../../web/js/clock.mjs";
import { FAULTS, LATCHED, REASON_CODES, degrees, reasonWords, title } from "../../web/js/words.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const read = (file) => readFileSync(ROOT + file, "utf8");

test("every fault that the handbook knows has words, and no other", () => {
  const table = read("docs/troubleshooting.md").split("## A fault")[1].split("\n## ")[0];
  const known = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  assert.ok(known.length > 20);
  assert.deepEqual(Object.keys(FAULTS).sort(), known.sort());
  assert.ok(LATCHED.every((code) => known.includes(code)));
});

test("every reason that the airco's source names has words, and no other", () => {
  const folder = "thermostat-node/src/main/java/hearth/thermostat/";
  const source = readdirSync(ROOT + folder).filter((name) => /^(Airco|Output)\.java$/.test(name)).map((name) => read(folder + name)).join("\n");
  const named = new Set(["target-reached", "frost", "to-target"]);
  for (const [, call] of source.matchAll(/(?:Verdict\.(?:on|off|held|waiting|exhausted)|new Reason|new Output|resting)\(([^;]*);/g)) {
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

test("near its set point an airco says what it waits for, as its mode and preset have it", () => {
  const why = (mode, preset) => reasonWords({ want: "idle", doing: "idle", because: "in-band" }, mode, preset);
  assert.match(why("heat_cool", "home"), /Near enough.*colder or warmer/);
  assert.match(why("heat", "home"), /Warm enough.*clearly colder\.$/);
  assert.match(why("cool", null), /Cool enough.*clearly warmer\.$/);
  assert.match(why("heat", "away"), /You are away.*much colder\.$/);
  assert.match(why(null, null), /Near enough/);
});

test("a code nobody knows is told as it is", () => {
  assert.equal(reasonWords({ want: "heat", doing: "idle", because: "new-reason" }), "It says: new-reason.");
});

test("ages and times left are words a person would use", () => {
  assert.deepEqual([0, 999, 59_999, 60_000, 3_599_000, 7_200_000, 200_000_000].map(duration), ["0 s", "0 s", "59 s", "1 min", "59 min", "2 h", "2 days"]);
  assert.deepEqual([5, 299, 700, 14_400].map(countdown), ["5 s", "4 min 59 s", "12 min", "4 h"]);
  assert.deepEqual([title("living-room"), degrees(-0.55)], ["Living room", "−0.6 °C"]);
});

test("a laptop that slept has aged what it knows, and a clock that is set back makes nothing younger", () => {
  let monotonic = 0;
  let wall = 5_000_000;
  const clock = steadyClock(() => monotonic, () => wall);
  monotonic += 100;
  wall += 100;
  assert.equal(clock(), 100);
  wall += 3_600_000; // Slept: the monotonic clock stood still.
  assert.equal(clock(), 3_600_100);
  monotonic += 50;
  wall -= 7_200_000; // Set back.
  assert.equal(clock(), 3_600_150);
});

test("how long ago something was is told by the clock that the house goes by", () => {
  const time = new HouseTime(() => 0);
  assert.deepEqual([0, 9999, 10_000, 180_000].map((ms) => time.ago(ms)), ["a moment ago", "a moment ago", "10 s ago", "3 min ago"]);
  time.is(Date.parse("2026-04-14T11:30:00Z"), 60);
  assert.deepEqual([100, 500, 9000].map((ms) => time.ago(ms)), ["a moment ago", "30 s ago", "9 min ago"]);
});

test("in a demo the house's minutes pass in seconds", () => {
  let now = 0;
  const time = new HouseTime(() => now);
  assert.equal(time.is(Date.parse("2026-04-14T11:30:00Z"), 60), true);
  now = 10_000;
  assert.equal(time.hour(time.at(now)), "11:40");
  assert.equal(time.is(Date.parse("2026-04-14T11:39:30Z"), 60), false); // Half a second late on its way.
  assert.equal(time.hour(time.at(now)), "11:40");
  time.is(Date.parse("2026-04-14T11:40:30Z"), 60);
  now += 500;
  assert.equal(time.hour(time.at(now)), "11:41");
});

test("a reading that comes late takes its place in the curve, and one that was kept comes back", () => {
  const curve = new Curve();
  for (const [at, celsius] of [[1000, 19], [1300, 20], [1120, 19.2], [1120, 19.2]]) curve.sample("sensor", at, celsius);
  assert.deepEqual(curve.samples.get("sensor").at, [1000, 1120, 1300]);
  curve.doing("heating", 1000);
  curve.doing("heating", 1200);
  curve.doing("idle", 1300);
  curve.target(20, 1000);
  const again = Curve.from(JSON.parse(JSON.stringify(curve.kept())), 2000);
  assert.deepEqual(again.samples.get("sensor").celsius, [19, 19.2, 20]);
  assert.deepEqual(again.spans, [{ from: 1000, to: 1300, what: "heating" }]);
  assert.equal(again.setPointAt(1500), 20);
  assert.equal(again.setPointAt(2000), null);
  for (const odd of [null, 5, {}, { lines: 3 }, { lines: [["a", [["x", "y"]]]], spans: [], targets: [] }]) {
    assert.equal(Curve.from(odd, 2000).spans.length, 0);
  }
});
