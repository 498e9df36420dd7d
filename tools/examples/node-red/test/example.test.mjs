// The example flow: as a file, and in a real Node-RED.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FAULTS } from "../../../../page/web/js/words.mjs";
import { exampleStory } from "./lib/example-story.mjs";
import { importedByTheEditor } from "./lib/editor.mjs";
import { FLOW, FLOW_FILE, fromNpm } from "./lib/node-red.mjs";

const { devDependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const named = (name) => FLOW.find((node) => node.name === name);

test("the example", async (t) => {
  await t.test("has nodes that Node-RED brings along, on one tab, each with a name, and wires that lead somewhere", () => {
    const types = ["tab", "mqtt-broker", "comment", "mqtt in", "mqtt out", "function", "change", "switch", "rbe", "inject", "debug", "catch"];
    const ids = new Set(FLOW.map(({ id }) => id));
    assert.equal(ids.size, FLOW.length);
    assert.deepEqual([...new Set(FLOW.map(({ type }) => type))].sort(), types.sort());
    assert.equal(FLOW.filter(({ type }) => type === "tab").length, 1);
    for (const { z, wires, type, name, label } of FLOW) {
      assert.ok(name || label, `a ${type} without a name`);
      assert.ok(z === undefined || ids.has(z));
      assert.ok((wires ?? []).flat().every((id) => ids.has(id)), `${name} leads nowhere`);
    }
  });

  await t.test("wants a broker on this machine with MQTT 5, and holds no secret", () => {
    const { broker, port, protocolVersion, credentials } = named("Hearth's broker");
    assert.deepEqual([broker, port, protocolVersion, credentials], ["localhost", "1883", "5", undefined]);
  });

  await t.test("keeps no command in store, and none for longer than a minute", () => {
    const outs = FLOW.filter(({ type }) => type === "mqtt out");
    assert.deepEqual(outs.map(({ topic }) => topic), ["home/airco/preset/set", "home/coffee/brew/set"]);
    assert.ok(outs.every(({ retain, expiry }) => retain === "false" && expiry === "60"));
  });

  await t.test("has the page's words for every fault", () => {
    assert.deepEqual(JSON.parse(named("In words").rules[0].to), FAULTS);
  });

  await t.test("rings at half past six, Monday to Friday", () => {
    const rings = fromNpm("cronosjs").CronosExpression.parse(named("Monday to Friday, 6:30").crontab).nextNDates(new Date(), 10);
    assert.deepEqual([...new Set(rings.map((at) => at.getDay()))].sort(), [1, 2, 3, 4, 5]);
    assert.ok(rings.every((at) => at.getHours() === 6 && at.getMinutes() === 30));
  });

  await t.test("is imported by Node-RED's editor, in a browser: all of it, and it marks nothing as wrong", async () => {
    const { told, nodes } = await importedByTheEditor(FLOW_FILE);

    assert.match(told, /1 flow\s+25 nodes\s+1 configuration node/);
    const essence = (all) => all.map(({ id, type, name }) => [id, type, name]).sort();
    assert.deepEqual(essence(nodes.filter(({ id }) => FLOW.some((one) => one.id === id))), essence(FLOW));
    assert.deepEqual(nodes.filter(({ valid }) => valid === false), []);
  });

  await t.test("in a house", { timeout: 600_000 }, (story) => exampleStory(story, devDependencies["node-red"]));
});
