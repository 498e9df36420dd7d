// The example flow: as a file, and in a real Node-RED.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FAULTS } from "../../../../page/web/js/words.mjs";
import { exampleStory } from "./lib/example-story.mjs";
import { importIntoEditor } from "./lib/editor.mjs";
import { FLOW, FLOW_FILE, fromNpm } from "./lib/node-red.mjs";

const { devDependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const named = (name) => FLOW.find((node) => node.name === name);

test("the example", async (t) => {
  await t.test("uses only nodes that are part of Node-RED, on one tab, each with a name, and every wire ends at a node", () => {
    const types = ["tab", "mqtt-broker", "comment", "mqtt in", "mqtt out", "function", "change", "switch", "rbe", "inject", "debug", "catch"];
    const ids = new Set(FLOW.map(({ id }) => id));
    assert.equal(ids.size, FLOW.length);
    assert.deepEqual([...new Set(FLOW.map(({ type }) => type))].sort(), types.sort());
    assert.equal(FLOW.filter(({ type }) => type === "tab").length, 1);
    for (const { z, wires, type, name, label } of FLOW) {
      assert.ok(name || label, `a ${type} without a name`);
      assert.ok(z === undefined || ids.has(z));
      assert.ok((wires ?? []).flat().every((id) => ids.has(id)), `${name} has a wire without an end`);
    }
  });

  await t.test("uses a broker on this machine with MQTT 5, and contains no secret", () => {
    const { broker, port, protocolVersion, credentials } = named("Hearth's broker");
    assert.deepEqual([broker, port, protocolVersion, credentials], ["localhost", "1883", "5", undefined]);
  });

  await t.test("sends no retained command, and each command expires within a minute", () => {
    const outs = FLOW.filter(({ type }) => type === "mqtt out");
    assert.deepEqual(outs.map(({ topic }) => topic), ["home/airco/preset/set", "home/coffee/brew/set"]);
    assert.ok(outs.every(({ retain, expiry }) => retain === "false" && expiry === "60"));
  });

  await t.test("has the page's text for every fault", () => {
    assert.deepEqual(JSON.parse(named("Fault texts").rules[0].to), FAULTS);
  });

  await t.test("starts a brew at half past six, Monday to Friday", () => {
    const times = fromNpm("cronosjs").CronosExpression.parse(named("Monday to Friday, 6:30").crontab).nextNDates(new Date(), 10);
    assert.deepEqual([...new Set(times.map((at) => at.getDay()))].sort(), [1, 2, 3, 4, 5]);
    assert.ok(times.every((at) => at.getHours() === 6 && at.getMinutes() === 30));
  });

  await t.test("is imported completely by Node-RED's editor in a browser, which marks no node as invalid", async () => {
    const { notification, nodes } = await importIntoEditor(FLOW_FILE);

    assert.match(notification, /1 flow\s+25 nodes\s+1 configuration node/);
    const identity = (all) => all.map(({ id, type, name }) => [id, type, name]).sort();
    assert.deepEqual(identity(nodes.filter(({ id }) => FLOW.some((one) => one.id === id))), identity(FLOW));
    assert.deepEqual(nodes.filter(({ valid }) => valid === false), []);
  });

  await t.test("with the demo", { timeout: 600_000 }, (story) => exampleStory(story, devDependencies["node-red"]));
});
