import assert from "node:assert/strict";
import { test } from "node:test";
import { Nodes } from "../../web/js/nodes.mjs";
import { layoutOf } from "../../web/js/layout.mjs";

/** The nodes with a clock that the test sets, and a function that publishes. */
function start() {
  let now = 1_000_000;
  const nodes = new Nodes("home", () => now);
  nodes.setConnected(true);
  const publish = (topic, words, properties = {}) =>
    nodes.receive({ topic: `home/${topic}`, payload: new TextEncoder().encode(words), retained: false, lifetimeS: null, leftS: null, ...properties });
  return { nodes, publish, wait: (s) => (now += s * 1000), node: (name) => nodes.byName.get(name) };
}

test("a temperature is current until its message expiry, counted from its publication", () => {
  const { nodes, publish, wait, node } = start();
  publish("sensor/status", "online");
  publish("sensor/temperature", "19.44", { retained: true, lifetimeS: 30, leftS: 20 });
  assert.equal(nodes.current(node("sensor"), "temperature"), 19.44);
  assert.equal(nodes.last(node("sensor"), "temperature").ageMs, 10_000);

  wait(19.9);
  assert.equal(nodes.current(node("sensor"), "temperature"), 19.44);
  wait(0.1);
  assert.equal(nodes.current(node("sensor"), "temperature"), null);
  const last = nodes.last(node("sensor"), "temperature");
  assert.deepEqual([last.value, last.old, last.ageMs], [19.44, true, 30_000]);
});

test("a retained temperature without an expiry, or with more time left than its expiry, is old and of unknown age", () => {
  for (const properties of [{}, { lifetimeS: 30 }, { leftS: 30 }, { lifetimeS: 30, leftS: 31 }]) {
    const { nodes, publish, node } = start();
    publish("sensor/status", "online");
    publish("sensor/temperature", "19.44", { retained: true, ...properties });
    assert.equal(nodes.current(node("sensor"), "temperature"), null);
    assert.equal(nodes.last(node("sensor"), "temperature").ageMs, null);
  }
});

test("a new temperature without an expiry is current for half a minute", () => {
  const { nodes, publish, wait, node } = start();
  publish("sensor/status", "online");
  publish("sensor/temperature", "19.44");
  wait(29.9);
  assert.equal(nodes.current(node("sensor"), "temperature"), 19.44);
  wait(0.2);
  assert.equal(nodes.current(node("sensor"), "temperature"), null);
});

test("no state of a node is current while the node is offline or its status is unknown", () => {
  const { nodes, publish, node } = start();
  publish("airco/target", "20.0");
  assert.equal(nodes.current(node("airco"), "target"), null);
  publish("airco/status", "online");
  assert.equal(nodes.current(node("airco"), "target"), 20);
  publish("airco/status", "offline");
  assert.equal(nodes.current(node("airco"), "target"), null);
});

test("after a lost connection each state is old until it is received again", () => {
  const { nodes, publish, node } = start();
  publish("airco/status", "online");
  publish("airco/target", "20.0");
  publish("airco/mode", "heat");
  nodes.setConnected(false);
  assert.equal(nodes.current(node("airco"), "target"), null);
  nodes.setConnected(true);
  assert.equal(nodes.current(node("airco"), "target"), null);
  publish("airco/status", "online", { retained: true });
  publish("airco/target", "21.0", { retained: true });
  assert.equal(nodes.current(node("airco"), "target"), 21);
  assert.equal(nodes.current(node("airco"), "mode"), null);
});

test("a malformed message replaces the value before: that value is no longer current", () => {
  const { nodes, publish, node } = start();
  publish("airco/status", "online");
  publish("airco/target", "20.0");
  publish("airco/target", "NaN");
  assert.equal(nodes.current(node("airco"), "target"), null);
  assert.equal(nodes.malformedMessages, 1);
});

test("an empty payload deletes the state, and the last state deletes the node", () => {
  const { nodes, publish } = start();
  publish("airco/target", "20.0");
  publish("airco/target", "");
  assert.equal(nodes.byName.size, 0);
});

test("invalid node names, unknown topics and other prefixes are ignored", () => {
  const { nodes, publish } = start();
  for (const topic of ["Attic/status", "a b/status", "<b>/status", `${"a".repeat(33)}/status`, "a/status/more", "a/__proto__", "a/constructor", "a/target/set", "a"]) {
    assert.equal(publish(topic, "online"), null, topic);
  }
  nodes.receive({ topic: "elsewhere/a/status", payload: new TextEncoder().encode("online"), retained: false, lifetimeS: null, leftS: null });
  assert.equal(nodes.byName.size, 0);
});

test("at most 64 nodes are accepted", () => {
  const { nodes, publish } = start();
  for (let i = 0; i < 1000; i++) publish(`n${i}/status`, "online");
  assert.equal(nodes.byName.size, 64);
});

test("with one airco all thermometers are in its room; with two each is a room; house.json overrides both", () => {
  const { nodes, publish } = start();
  publish("sensor/temperature", "19.0");
  publish("airco/temperature", "19.5");
  publish("airco/action", "idle");
  publish("coffee/phase", "idle");
  publish("car/presence", "away");
  const none = { rooms: [] };
  assert.deepEqual(layoutOf(nodes, none), {
    rooms: [{ name: "The room", thermometers: ["sensor", "airco"], airco: "airco" }],
    coffees: ["coffee"],
    cars: ["car"],
  });
  publish("living-room/action", "idle");
  publish("living-room/temperature", "20.0");
  assert.deepEqual(layoutOf(nodes, none).rooms.map((room) => room.name), ["Airco", "Living room", "Sensor"]);
  const owner = { rooms: [{ name: "Study", thermometers: ["sensor"], airco: "airco" }] };
  assert.deepEqual(layoutOf(nodes, owner).rooms.map((room) => room.name), ["Study", "Living room"]);
});
