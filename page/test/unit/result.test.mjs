import assert from "node:assert/strict";
import { test } from "node:test";
import { showResult } from "../../web/js/result.mjs";

/** The text beside the button, and the log lines. */
function shown(what, result, options) {
  const log = [];
  const element = { dataset: {}, textContent: "" };
  const page = { log: { add: (words, kind) => log.push(`${kind}: ${words}`) } };
  showResult(page, element, what, { because: "", slow: false, ...result }, options);
  return { text: element.textContent, log };
}

test("a device publishes its new state itself, so a success is not logged twice", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { text, log } = shown("Mode heat", { state: "done" }, { whose: "The room" });
  assert.equal(text, "Mode heat: done");
  assert.deepEqual(log, []);
  assert.deepEqual(shown("Unplug the sensor", { state: "done" }, { logsDone: true }).log, ["result: Unplug the sensor: done"]);
});

test("a rejected command is logged with the name of the room, and the value appears once", () => {
  const because = "99.0 °C: must be from 5.0 to 30.0 °C";
  const { text, log } = shown("Set point 99.0 °C", { state: "rejected", because }, { whose: "The room" });
  assert.equal(text, "Set point 99.0 °C: rejected: must be from 5.0 to 30.0 °C");
  assert.deepEqual(log, ["bad: The room: Set point 99.0 °C: rejected: must be from 5.0 to 30.0 °C"]);
  assert.equal(shown("Make a coffee", { state: "rejected", because: "no cup: put one there" }).text, "Make a coffee: rejected: no cup: put one there");
});

test("the result of a brew comes late, and the page says so", () => {
  assert.equal(shown("Make a coffee", { state: "sent", slow: true }).text, "Make a coffee: sent, the result follows when the brew is over");
  assert.equal(shown("Mode off", { state: "sent" }).text, "Mode off: sent, no result yet");
});
