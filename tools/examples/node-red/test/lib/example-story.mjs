// The example in a real Node-RED, with the demo's real nodes and broker. The steps run one after the other on the same demo.

import assert from "node:assert/strict";
import { recordMessages, publish, startDemo } from "../../../../../page/test/lib/programs.mjs";
import { until } from "../../../../../page/test/lib/until.mjs";
import { FAULTS } from "../../../../../page/web/js/words.mjs";
import { newHome, startNodeRed } from "./node-red.mjs";

const PRESET = "home/airco/preset/set";
const BREW = "home/coffee/brew/set";
const LOOSE_WIRE = `sensor: ${FAULTS["sensor-no-data"]} (sensor-no-data)`;

export async function exampleStory(t, version) {
  const { demo, port } = await startDemo();
  try {
    await runWithDemo(t, version, port);
  } finally {
    await demo.end();
  }
}

async function runWithDemo(t, version, port) {
  const recorded = await recordMessages(port);
  const home = await newHome(port);
  const connected = () => startNodeRed(home, /Connected to broker/);
  let nodeRed;

  const published = (topic, payload) => until(`${topic} is ${payload}`, () => recorded.on(topic).at(-1)?.payload === payload, 60_000);
  const resultsOf = (id) => recorded.messages().filter(({ topic, payload }) => topic.endsWith("/result") && payload.includes(`"id":"${id}"`));
  const result = async (id) => JSON.parse((await until(`the result of ${id}`, () => resultsOf(id)[0])).payload);
  const isNotified = (what, times = 1) => until(`the owner is notified: ${what}`, () => notifications(what) === times);
  const notifications = (what) => nodeRed.shown("Notify the owner").filter((one) => one === what).length;
  /** The commands that Node-RED has sent. The test's own commands have other ids. */
  const sent = (topic) => recorded.on(topic).filter(({ payload }) => /"id":"(car|coffee)-/.test(payload));
  const allSent = () => recorded.messages().filter(({ topic, payload }) => /\/set$/.test(topic) && /"id":"(car|coffee)-/.test(payload));

  /** Starts the car, which is possible only while it stands. */
  const sendTheCar = async (from, where) => {
    await until(`the car is ${from}`, () => recorded.on("demo/house").at(-1)?.payload.includes(`"car":"${from}"`), 60_000);
    await publish(port, "demo/car/set", where);
  };

  let invalid = 0;
  /** Sends an invalid command. Once Node-RED shows its result, it has handled all messages before. */
  const hasHandledAll = async () => {
    const id = `invalid-${++invalid}`;
    await publish(port, "home/airco/target/set", `{"id":"${id}","value":99}`);
    const shown = `airco: target/set was rejected: 99.0 °C: must be from 5.0 to 30.0 °C (${id})`;
    await until(`the rejection of ${id} is shown`, () => nodeRed.shown("Rejected").includes(shown));
    await publish(port, "demo/handled", id);
    await until("the messages that it sent before have arrived", () => recorded.on("demo/handled").at(-1)?.payload === id);
  };

  try {
    nodeRed = await connected();

    await t.test(`Node-RED ${version} loads the flow and logs no error`, async () => {
      await nodeRed.prints(new RegExp(`Node-RED version: v${version.replaceAll(".", "\\.")}$`, "m"));
      assert.deepEqual(nodeRed.errors(), []);
    });

    await t.test("it receives the retained presence away and sends no command for it", async () => {
      await published("home/car/presence", "away");
      await hasHandledAll();

      assert.deepEqual(allSent(), []);
      assert.deepEqual(nodeRed.shown("Notify the owner"), []);
    });

    await t.test("the button is pressed twice: the command is sent twice, and there is one cup", async () => {
      await nodeRed.press("Monday to Friday, 6:30");
      await nodeRed.press("Monday to Friday, 6:30");

      await until("both commands have arrived", () => sent(BREW).length === 2);
      const [{ qos, retained, life, payload }, again] = sent(BREW);
      assert.equal(again.payload, payload);
      const { id, ...more } = JSON.parse(payload);
      assert.match(id, /^coffee-\d{4}-\d\d-\d\d$/);
      assert.deepEqual([qos, retained, more], [2, false, { value: "PRESS" }]);
      assert.ok(life > 0 && life <= 60, `the message expiry is ${life} s`);
      await publish(port, BREW, '{"id":"one-more","value":"PRESS"}', "-q", "2"); // After both, so the node has received them.
      assert.equal((await result("one-more")).outcome, "rejected");
      assert.equal((await result(id)).outcome, "done");
      assert.equal(resultsOf(id).length, 1);
      assert.equal(recorded.on("home/coffee/brewed").filter((brewed) => brewed.payload.includes(id)).length, 1);
      await until("the rejection is shown", () => nodeRed.shown("Rejected").some((one) => /^coffee: brew\/set was rejected: .*\(one-more\)$/.test(one)));
    });

    await t.test("the car is coming: the airco's preset is set to home, by one command", async () => {
      await publish(port, PRESET, '{"id":"by-hand","value":"away"}');
      await published("home/airco/preset", "away");

      await publish(port, "demo/car/set", "home"); // On a slow machine it may have started by itself.

      await published("home/car/presence", "approaching");
      await published("home/airco/preset", "home");
      await published("home/car/presence", "home");
      await hasHandledAll();
      const { qos, retained, life, payload } = sent(PRESET)[0];
      const { id, ...more } = JSON.parse(payload);
      assert.match(id, /^car-home-\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      assert.deepEqual([qos, retained, more], [1, false, { value: "home" }]);
      assert.ok(life > 0 && life <= 60, `the message expiry is ${life} s`);
      assert.equal((await result(id)).outcome, "done");
      assert.equal(sent(PRESET).length, 1);
    });

    await t.test("the car has left: the preset is set to away, by one command", async () => {
      await sendTheCar("at-home", "out");

      await published("home/car/presence", "away");
      await published("home/airco/preset", "away");
      await hasHandledAll();
      assert.equal(sent(PRESET).length, 2);
      const { id, value } = JSON.parse(sent(PRESET)[1].payload);
      assert.match(id, /^car-away-/);
      assert.equal(value, "away");
      assert.equal((await result(id)).outcome, "done");
    });

    await t.test("a sensor that is unplugged and plugged in again causes one notification each", async () => {
      await publish(port, "demo/sensor/set", "unplugged");
      await isNotified(LOOSE_WIRE);

      await publish(port, "demo/sensor/set", "well");

      await isNotified("sensor: the fault has ended");
      assert.equal(notifications(LOOSE_WIRE), 1);
    });

    await t.test("a node that goes offline and online causes a notification each; an unknown fault is reported by its code", async () => {
      await publish(port, "home/attic/status", "offline", "-r");
      await isNotified("attic is offline: it sends no messages");
      await publish(port, "home/attic/status", "online", "-r");
      await isNotified("attic is online again");
      await publish(port, "home/attic/fault", "a-fault-of-tomorrow", "-r");
      await isNotified("attic: a-fault-of-tomorrow");
    });

    await t.test("a message in another format is shown as an error, and the flow continues", async () => {
      await publish(port, "home/attic/result", "no JSON at all");
      await until("the error is shown", () => nodeRed.shown("Error").length === 1);

      await hasHandledAll();
    });

    await t.test("the broker is restarted: no command is sent for retained messages, and the flow continues", async () => {
      const before = allSent().length;
      await publish(port, "demo/broker/set", "rest");
      await nodeRed.prints(/Disconnected from broker/);
      await until("Node-RED is connected again", () => nodeRed.output.match(/Connected to broker/g).length === 2, 60_000);

      await published("home/sensor/status", "online");
      await publish(port, "demo/sensor/set", "unplugged");
      await isNotified(LOOSE_WIRE, 2);
      await publish(port, "demo/sensor/set", "well");
      await isNotified("sensor: the fault has ended", 2);
      await hasHandledAll();

      assert.equal(allSent().length, before);
    });

    await t.test("Node-RED is restarted: no command is sent, and a present fault is reported", async () => {
      const before = allSent().length;
      await nodeRed.end();
      nodeRed = await connected();

      await isNotified("attic: a-fault-of-tomorrow");
      await hasHandledAll();

      assert.equal(allSent().length, before);
      assert.deepEqual(nodeRed.errors(), []);
    });

    await t.test("the button is pressed again after the restart: it is the same cup of the day", async () => {
      const id = JSON.parse(sent(BREW)[0].payload).id;
      await nodeRed.press("Monday to Friday, 6:30");
      await until("the command has arrived", () => sent(BREW).length === 3);
      await publish(port, BREW, '{"id":"and-one-more","value":"PRESS"}', "-q", "2");
      await result("and-one-more");

      assert.equal(JSON.parse(sent(BREW)[2].payload).id, id);
      assert.equal(resultsOf(id).length, 1);
      assert.equal(recorded.on("home/coffee/brewed").filter((brewed) => brewed.payload.includes(id)).length, 1);
    });

    await t.test("the car comes home again, and the preset is set to home again", async () => {
      const before = sent(PRESET).length;
      await sendTheCar("at-work", "home");

      await published("home/car/presence", "approaching");
      await published("home/airco/preset", "home");
      await hasHandledAll();
      assert.equal(sent(PRESET).length, before + 1);
    });
  } finally {
    await nodeRed?.end();
    await recorded.end();
  }
}
