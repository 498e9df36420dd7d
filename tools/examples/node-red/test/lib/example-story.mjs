// The example in a real Node-RED, beside the demo's real devices and broker. One house through all steps, as in life.

import assert from "node:assert/strict";
import { recordMessages, publish, startDemo } from "../../../../../page/test/lib/programs.mjs";
import { until } from "../../../../../page/test/lib/until.mjs";
import { FAULTS } from "../../../../../page/web/js/words.mjs";
import { newHome, startNodeRed } from "./node-red.mjs";

const PRESET = "home/airco/preset/set";
const BREW = "home/coffee/brew/set";
const LOOSE = `sensor: ${FAULTS["sensor-no-data"]} (sensor-no-data)`;

export async function exampleStory(t, version) {
  const { demo, port } = await startDemo();
  try {
    await besideTheDemo(t, version, port);
  } finally {
    await demo.end();
  }
}

async function besideTheDemo(t, version, port) {
  const house = await recordMessages(port);
  const home = await newHome(port);
  const connected = () => startNodeRed(home, /Connected to broker/);
  let nodeRed;

  const says = (topic, payload) => until(`${topic} is ${payload}`, () => house.on(topic).at(-1)?.payload === payload, 60_000);
  const answersTo = (id) => house.messages().filter(({ topic, payload }) => topic.endsWith("/result") && payload.includes(`"id":"${id}"`));
  const answer = async (id) => JSON.parse((await until(`an answer to ${id}`, () => answersTo(id)[0])).payload);
  const isTold = (what, times = 1) => until(`the owner is told: ${what}`, () => told(what) === times);
  const told = (what) => nodeRed.shown("Tell the owner").filter((one) => one === what).length;
  /** What Node-RED has asked for. The test's own commands have other ids. */
  const asked = (topic) => house.on(topic).filter(({ payload }) => /"id":"(car|coffee)-/.test(payload));
  const allAsked = () => house.messages().filter(({ topic, payload }) => /\/set$/.test(topic) && /"id":"(car|coffee)-/.test(payload));

  /** The car sets out, which it can where it stands. */
  const sendTheCar = async (from, where) => {
    await until(`the car is ${from}`, () => house.on("demo/house").at(-1)?.payload.includes(`"car":"${from}"`), 60_000);
    await publish(port, "demo/car/set", where);
  };

  let nonsense = 0;
  /** What Node-RED heard before, it has dealt with, once it shows what came of a command that makes no sense. */
  const hasDealtWithAll = async () => {
    const id = `nonsense-${++nonsense}`;
    await publish(port, "home/airco/target/set", `{"id":"${id}","value":99}`);
    const shown = `airco: target/set was rejected: 99.0 °C: must be from 5.0 to 30.0 °C (${id})`;
    await until(`it is shown that ${id} was refused`, () => nodeRed.shown("Refused").includes(shown));
    await publish(port, "demo/dealt-with", id);
    await until("what it sent before is heard as well", () => house.on("demo/dealt-with").at(-1)?.payload === id);
  };

  try {
    nodeRed = await connected();

    await t.test(`Node-RED ${version} takes the flow as it is, and complains of nothing`, async () => {
      await nodeRed.prints(new RegExp(`Node-RED version: v${version.replaceAll(".", "\\.")}$`, "m"));
      assert.deepEqual(nodeRed.complaints(), []);
    });

    await t.test("that the car is away it knows from the broker's store, and sends nothing for it", async () => {
      await says("home/car/presence", "away");
      await hasDealtWithAll();

      assert.deepEqual(allAsked(), []);
      assert.deepEqual(nodeRed.shown("Tell the owner"), []);
    });

    await t.test("the alarm clock rings twice: the command is sent twice, and there is one cup", async () => {
      await nodeRed.press("Monday to Friday, 6:30");
      await nodeRed.press("Monday to Friday, 6:30");

      await until("both are heard", () => asked(BREW).length === 2);
      const [{ qos, retained, life, payload }, again] = asked(BREW);
      assert.equal(again.payload, payload);
      const { id, ...more } = JSON.parse(payload);
      assert.match(id, /^coffee-\d{4}-\d\d-\d\d$/);
      assert.deepEqual([qos, retained, more], [2, false, { value: "PRESS" }]);
      assert.ok(life > 0 && life <= 60, `it lives ${life} s`);
      await publish(port, BREW, '{"id":"one-more","value":"PRESS"}', "-q", "2"); // Later than both, so they were taken in.
      assert.equal((await answer("one-more")).outcome, "rejected");
      assert.equal((await answer(id)).outcome, "done");
      assert.equal(answersTo(id).length, 1);
      assert.equal(house.on("home/coffee/brewed").filter((brewed) => brewed.payload.includes(id)).length, 1);
      await until("the refusal is shown", () => nodeRed.shown("Refused").some((one) => /^coffee: brew\/set was rejected: .*\(one-more\)$/.test(one)));
    });

    await t.test("the car is coming: the airco's preset is home, asked for once", async () => {
      await publish(port, PRESET, '{"id":"by-hand","value":"away"}');
      await says("home/airco/preset", "away");

      await publish(port, "demo/car/set", "home"); // Or, on a slow machine, it has set out by itself.

      await says("home/car/presence", "approaching");
      await says("home/airco/preset", "home");
      await says("home/car/presence", "home");
      await hasDealtWithAll();
      const { qos, retained, life, payload } = asked(PRESET)[0];
      const { id, ...more } = JSON.parse(payload);
      assert.match(id, /^car-home-\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      assert.deepEqual([qos, retained, more], [1, false, { value: "home" }]);
      assert.ok(life > 0 && life <= 60, `it lives ${life} s`);
      assert.equal((await answer(id)).outcome, "done");
      assert.equal(asked(PRESET).length, 1);
    });

    await t.test("the car has gone: the preset is away, asked for once", async () => {
      await sendTheCar("at-home", "out");

      await says("home/car/presence", "away");
      await says("home/airco/preset", "away");
      await hasDealtWithAll();
      assert.equal(asked(PRESET).length, 2);
      const { id, value } = JSON.parse(asked(PRESET)[1].payload);
      assert.match(id, /^car-away-/);
      assert.equal(value, "away");
      assert.equal((await answer(id)).outcome, "done");
    });

    await t.test("a sensor that is unplugged, and plugged in again, is told in words, once each", async () => {
      await publish(port, "demo/sensor/set", "unplugged");
      await isTold(LOOSE);

      await publish(port, "demo/sensor/set", "well");

      await isTold("sensor: the fault is over");
      assert.equal(told(LOOSE), 1);
    });

    await t.test("a device that is gone is told, and that it is back; one with a fault that nobody knows by its code", async () => {
      await publish(port, "home/attic/status", "offline", "-r");
      await isTold("attic is offline: nobody hears of it");
      await publish(port, "home/attic/status", "online", "-r");
      await isTold("attic is back");
      await publish(port, "home/attic/fault", "a-fault-of-tomorrow", "-r");
      await isTold("attic: a-fault-of-tomorrow");
    });

    await t.test("what no device says is told, and harms nothing", async () => {
      await publish(port, "home/attic/result", "no JSON at all");
      await until("it is shown", () => nodeRed.shown("Not understood").length === 1);

      await hasDealtWithAll();
    });

    await t.test("the broker is restarted: nothing is sent for what it had in store, and the flow goes on", async () => {
      const before = allAsked().length;
      await publish(port, "demo/broker/set", "rest");
      await nodeRed.prints(/Disconnected from broker/);
      await until("Node-RED is back", () => nodeRed.output.match(/Connected to broker/g).length === 2, 60_000);

      await says("home/sensor/status", "online");
      await publish(port, "demo/sensor/set", "unplugged");
      await isTold(LOOSE, 2);
      await publish(port, "demo/sensor/set", "well");
      await isTold("sensor: the fault is over", 2);
      await hasDealtWithAll();

      assert.equal(allAsked().length, before);
    });

    await t.test("Node-RED is restarted: nothing is sent, and what is still wrong is told", async () => {
      const before = allAsked().length;
      await nodeRed.end();
      nodeRed = await connected();

      await isTold("attic: a-fault-of-tomorrow");
      await hasDealtWithAll();

      assert.equal(allAsked().length, before);
      assert.deepEqual(nodeRed.complaints(), []);
    });

    await t.test("the alarm clock rings once more after the restart: it is the same day's cup", async () => {
      const id = JSON.parse(asked(BREW)[0].payload).id;
      await nodeRed.press("Monday to Friday, 6:30");
      await until("it is heard", () => asked(BREW).length === 3);
      await publish(port, BREW, '{"id":"and-one-more","value":"PRESS"}', "-q", "2");
      await answer("and-one-more");

      assert.equal(JSON.parse(asked(BREW)[2].payload).id, id);
      assert.equal(answersTo(id).length, 1);
      assert.equal(house.on("home/coffee/brewed").filter((brewed) => brewed.payload.includes(id)).length, 1);
    });

    await t.test("the car comes home once more, and the preset with it", async () => {
      const before = asked(PRESET).length;
      await sendTheCar("at-work", "home");

      await says("home/car/presence", "approaching");
      await says("home/airco/preset", "home");
      await hasDealtWithAll();
      assert.equal(asked(PRESET).length, before + 1);
    });
  } finally {
    await nodeRed?.end();
    await house.end();
  }
}
