import assert from "node:assert/strict";
import { test } from "node:test";
import { House } from "../../web/js/house.mjs";
import { plans } from "../../web/js/plans.mjs";

/** A house whose clock the test sets, and somebody who says things in it. */
function listening() {
  let now = 1_000_000;
  const house = new House("home", () => now);
  house.connection(true);
  const say = (topic, words, how = {}) =>
    house.hear({ topic: `home/${topic}`, payload: new TextEncoder().encode(words), retained: false, lifetimeS: null, leftS: null, ...how });
  return { house, say, pass: (s) => (now += s * 1000), node: (name) => house.nodes.get(name) };
}

test("a temperature is fresh until its life is over, counted from when it was first said", () => {
  const { house, say, pass, node } = listening();
  say("sensor/status", "online");
  say("sensor/temperature", "19.44", { retained: true, lifetimeS: 30, leftS: 20 });
  assert.equal(house.now(node("sensor"), "temperature"), 19.44);
  assert.equal(house.last(node("sensor"), "temperature").ageMs, 10_000);

  pass(19.9);
  assert.equal(house.now(node("sensor"), "temperature"), 19.44);
  pass(0.1);
  assert.equal(house.now(node("sensor"), "temperature"), null);
  const last = house.last(node("sensor"), "temperature");
  assert.deepEqual([last.value, last.old, last.ageMs], [19.44, true, 30_000]);
});

test("in store without its life, or with more left than its life, a temperature is not fresh and has no age", () => {
  for (const how of [{}, { lifetimeS: 30 }, { leftS: 30 }, { lifetimeS: 30, leftS: 31 }]) {
    const { house, say, node } = listening();
    say("sensor/status", "online");
    say("sensor/temperature", "19.44", { retained: true, ...how });
    assert.equal(house.now(node("sensor"), "temperature"), null);
    assert.equal(house.last(node("sensor"), "temperature").ageMs, null);
  }
});

test("said just now without a life it counts for half a minute", () => {
  const { house, say, pass, node } = listening();
  say("sensor/status", "online");
  say("sensor/temperature", "19.44");
  pass(29.9);
  assert.equal(house.now(node("sensor"), "temperature"), 19.44);
  pass(0.2);
  assert.equal(house.now(node("sensor"), "temperature"), null);
});

test("nothing of a node that is offline, or never said it is online, holds", () => {
  const { house, say, node } = listening();
  say("airco/target", "20.0");
  assert.equal(house.now(node("airco"), "target"), null);
  say("airco/status", "online");
  assert.equal(house.now(node("airco"), "target"), 20);
  say("airco/status", "offline");
  assert.equal(house.now(node("airco"), "target"), null);
});

test("after a lost connection nothing holds until it is said again, each by itself", () => {
  const { house, say, node } = listening();
  say("airco/status", "online");
  say("airco/target", "20.0");
  say("airco/mode", "heat");
  house.connection(false);
  assert.equal(house.now(node("airco"), "target"), null);
  house.connection(true);
  assert.equal(house.now(node("airco"), "target"), null);
  say("airco/status", "online", { retained: true });
  say("airco/target", "21.0", { retained: true });
  assert.equal(house.now(node("airco"), "target"), 21);
  assert.equal(house.now(node("airco"), "mode"), null);
});

test("what makes no sense takes the place of what made sense: the old value is not so any more", () => {
  const { house, say, node } = listening();
  say("airco/status", "online");
  say("airco/target", "20.0");
  say("airco/target", "NaN");
  assert.equal(house.now(node("airco"), "target"), null);
  assert.equal(house.misunderstood, 1);
});

test("an empty payload is forgotten, and with its last word the node", () => {
  const { house, say } = listening();
  say("airco/target", "20.0");
  say("airco/target", "");
  assert.equal(house.nodes.size, 0);
});

test("names that no node has, topics nobody knows and other prefixes are passed over", () => {
  const { house, say } = listening();
  for (const topic of ["Attic/status", "a b/status", "<b>/status", `${"a".repeat(33)}/status`, "a/status/more", "a/__proto__", "a/constructor", "a/target/set", "a"]) {
    assert.equal(say(topic, "online"), null, topic);
  }
  house.hear({ topic: "elsewhere/a/status", payload: new TextEncoder().encode("online"), retained: false, lifetimeS: null, leftS: null });
  assert.equal(house.nodes.size, 0);
});

test("more nodes than any house has are not taken in", () => {
  const { house, say } = listening();
  for (let i = 0; i < 1000; i++) say(`n${i}/status`, "online");
  assert.equal(house.nodes.size, 64);
});

test("with one airco all thermometers are in its room; with two each is a room; the owner knows better", () => {
  const { house, say } = listening();
  say("sensor/temperature", "19.0");
  say("airco/temperature", "19.5");
  say("airco/action", "idle");
  say("coffee/phase", "idle");
  say("car/presence", "away");
  const none = { rooms: [] };
  assert.deepEqual(plans(house, none), {
    rooms: [{ name: "The room", thermometers: ["sensor", "airco"], airco: "airco" }],
    coffees: ["coffee"],
    cars: ["car"],
  });
  say("living-room/action", "idle");
  say("living-room/temperature", "20.0");
  assert.deepEqual(plans(house, none).rooms.map((room) => room.name), ["Airco", "Living room", "Sensor"]);
  const owner = { rooms: [{ name: "Study", thermometers: ["sensor"], airco: "airco" }] };
  assert.deepEqual(plans(house, owner).rooms.map((room) => room.name), ["Study", "Living room"]);
});
