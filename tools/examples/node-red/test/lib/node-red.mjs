// A real Node-RED in a folder of the test, which connects only to this machine.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Program, ROOT, freePort, newFolder, endOnError } from "../../../../../page/test/lib/programs.mjs";

/** Loads the modules that `run` has installed with npm. */
export const fromNpm = createRequire(join(ROOT, "tools/target/node-red/package.json"));

export const FLOW_FILE = join(ROOT, "tools/examples/node-red/hearth.json");
export const FLOW = JSON.parse(readFileSync(FLOW_FILE, "utf8"));

const SETTINGS = {
  flowFile: "flows.json",
  uiHost: "127.0.0.1",
  disableEditor: true,
  credentialSecret: false,
  telemetry: { enabled: false, updateNotification: false },
  diagnostics: { enabled: false },
  externalModules: { autoInstall: false, palette: { allowInstall: false }, modules: { allowInstall: false } },
  logging: { console: { level: "info", metrics: false, audit: false } },
};

/** A time zone in which it is noon now, because a test that runs over midnight would get another date. */
const TZ = `Etc/GMT${((hours) => (hours < 0 ? hours : `+${hours}`))(new Date().getUTCHours() - 12)}`;

/** A folder with the example. Only the broker's port is changed, and debug nodes also print their messages. */
export function newHome(brokerPort) {
  const here = FLOW.map((node) => {
    if (node.type === "mqtt-broker") return { ...node, broker: "127.0.0.1", port: String(brokerPort) };
    return node.type === "debug" ? { ...node, console: true } : node;
  });
  return homeOf(here, SETTINGS);
}

/** A folder without a flow, with the editor enabled. */
export function newEmptyHome() {
  return homeOf([], { ...SETTINGS, disableEditor: false, editorTheme: { tours: false } });
}

async function homeOf(flow, settings) {
  const folder = newFolder();
  const uiPort = await freePort();
  writeFileSync(join(folder, "flows.json"), JSON.stringify(flow));
  writeFileSync(join(folder, "settings.js"), `module.exports = ${JSON.stringify({ ...settings, uiPort })};\n`);
  return { folder, address: `http://127.0.0.1:${uiPort}` };
}

/** Starts Node-RED and waits until its flows run and until it has printed `more`. */
export function startNodeRed(home, more = /Started flows/) {
  return endOnError(new NodeRed(home), async (started) => {
    await started.prints(/Started flows/, 60_000);
    await started.prints(more);
    return started;
  });
}

class NodeRed extends Program {
  #address;

  constructor({ folder, address }) {
    super(process.execPath, [fromNpm.resolve("node-red/red.js"), "--settings", join(folder, "settings.js"), "--userDir", folder], { TZ });
    this.#address = address;
  }

  /** Presses the button of an inject node, as the editor does. */
  async press(name) {
    const { id } = FLOW.find((node) => node.type === "inject" && node.name === name);
    const answer = await fetch(`${this.#address}/inject/${id}`, { method: "POST" });
    if (!answer.ok) throw new Error(`${name} could not be pressed: ${answer.status}`);
  }

  /** The messages of a debug node so far, oldest first. */
  shown(name) {
    return [...this.output.matchAll(/ - \[info\] \[debug:(.*?)\] (.*)$/gm)].filter(([, node]) => node === name).map(([, , message]) => message);
  }

  /** The errors of Node-RED, and the warnings and errors of the nodes in the flow. */
  errors() {
    return this.output.split("\n").filter((line) => / - \[(error|fatal)\] | - \[warn\] \[/.test(line));
  }
}
