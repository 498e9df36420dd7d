import assert from "node:assert/strict";
import { test } from "node:test";
import { answerWords } from "../../web/js/answer.mjs";

/** What stands where it was asked for, and what the log has of it. */
function answered(what, answer, how) {
  const log = [];
  const element = { dataset: {}, textContent: "" };
  answerWords({ log: { add: (words, kind) => log.push(`${kind}: ${words}`) } }, element, what, { because: "", slow: false, ...answer }, how);
  return { shown: element.textContent, log };
}

test("what a device was asked for and did it tells by itself, so the log does not say it twice", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { shown, log } = answered("Mode heat", { state: "done" }, { whose: "The room" });
  assert.equal(shown, "Mode heat: done");
  assert.deepEqual(log, []);
  assert.deepEqual(answered("Unplug the sensor", { state: "done" }, { logsDone: true }).log, ["asked: Unplug the sensor: done"]);
});

test("what was refused is in the log with whose it is, and no value is said twice", () => {
  const because = "99.0 °C: must be from 5.0 to 30.0 °C";
  const { shown, log } = answered("Set point 99.0 °C", { state: "rejected", because }, { whose: "The room" });
  assert.equal(shown, "Set point 99.0 °C: refused: must be from 5.0 to 30.0 °C");
  assert.deepEqual(log, ["bad: The room: Set point 99.0 °C: refused: must be from 5.0 to 30.0 °C"]);
  assert.equal(answered("A coffee", { state: "rejected", because: "no cup: put one there" }).shown, "A coffee: refused: no cup: put one there");
});

test("a coffee takes its time to be answered, which is no silence", () => {
  assert.equal(answered("A coffee", { state: "taken", slow: true }).shown, "A coffee: asked, and answered when it is over");
  assert.equal(answered("Mode off", { state: "taken" }).shown, "Mode off: asked, no answer yet");
});
