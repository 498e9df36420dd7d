import assert from "node:assert/strict";
import { test } from "node:test";
import { Absences } from "../../web/js/absences.mjs";

/** A log on paper, and a clock that the test sets. */
function listening() {
  let now = 0;
  const told = [];
  const absences = new Absences({ add: (words, kind, at = now) => told.push(`${words} @${at / 1000}`) }, () => now);
  return {
    absences,
    told,
    pass: (s) => {
      now += s * 1000;
      absences.render();
    },
  };
}

test("a device that leaves is told, with the time at which it left", () => {
  const { absences, told, pass } = listening();
  absences.left("living-room");
  pass(1);
  assert.deepEqual(told, []);
  pass(1);
  assert.deepEqual(told, ["Living room is offline @0"]);
  absences.came("living-room");
  assert.deepEqual(told.slice(1), ["Living room is online @2"]);
});

test("gone and back within a moment, both are told", () => {
  const { absences, told, pass } = listening();
  absences.left("car");
  pass(0.5);
  absences.came("car");
  pass(10);
  assert.deepEqual(told, ["Car is offline @0", "Car is online @0.5"]);
});

test("a broker that stops tells every will, and no device is called offline for it", () => {
  const { absences, told, pass } = listening();
  absences.left("airco");
  absences.left("coffee");
  pass(0.1);
  absences.lost();
  pass(20);
  absences.back();
  pass(2);
  absences.came("airco");
  assert.deepEqual(told, ["Airco is heard again @22.1"]);
  pass(59);
  assert.deepEqual(told.slice(1), ["Coffee is offline @20.1"], "who does not come back is told as gone");
});
