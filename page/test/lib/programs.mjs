// Programs that a test starts and ends: the demo, a broker. Only those, by their process.

import { spawn, execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT, newFolder } from "./folders.mjs";
import { site } from "./site.mjs";
import { until } from "./until.mjs";

export { ROOT, newFolder };
const run = promisify(execFile);
const PATH = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** A program whose output is read as it comes. */
export class Program {
  said = "";

  constructor(command, args, env = {}) {
    this.child = spawn(command, args, { cwd: ROOT, env: { ...PATH, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    this.ended = new Promise((done) => this.child.on("exit", done));
    process.on("exit", () => this.child.kill("SIGKILL")); // Whatever became of the test.
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on("data", (some) => (this.said += some));
  }

  /** Waits until it has said something that matches. */
  async says(pattern, patienceMs) {
    return until(`it says ${pattern}; it said:\n${this.said}`, () => pattern.exec(this.said), patienceMs);
  }

  async end() {
    this.child.kill("SIGCONT");
    this.child.kill("SIGTERM");
    await this.ended;
  }
}

/** What is made of a program once it is up. One that does not come up, or of which nothing can be made, is ended. */
export async function upOrEnded(program, make) {
  try {
    return await make(program);
  } catch (e) {
    await program.end();
    throw e;
  }
}

/** `bin/demo`, with its page on any free port and its hardware in a folder of the test's. */
export function startDemo() {
  const folder = join(newFolder(), "demo");
  const program = new Program(process.env.HEARTH_DEMO ?? join(ROOT, "bin/demo"), ["--page", "0", "--dir", folder]);
  return upOrEnded(program, async (demo) => {
    const [, address] = await demo.says(/^The house is at (http:\S+)$/m, 60_000);
    const [, port] = await demo.says(/mosquitto_sub -h 127\.0\.0\.1 -p (\d+)/, 60_000);
    await demo.says(/are online/, 60_000);
    return { demo, folder, address, port: Number(port) };
  });
}

/** A Mosquitto that serves the page, at this port, with a configuration of the test's. */
export function startMosquitto(folder, config, web) {
  const file = join(folder, "mosquitto.conf");
  const served = config.replace("listener 8080\n", `listener ${web}\n`).replace("/usr/share/hearth-page", site());
  writeFileSync(file, served + (userInfo().username === "root" ? "user root\n" : ""));
  const address = `http://127.0.0.1:${web}/`;
  return upOrEnded(new Program("mosquitto", ["-c", file]), async (broker) => {
    await until("it serves the page", async () => (await fetch(address).catch(() => ({ ok: false }))).ok);
    return { broker, address };
  });
}

/** Publishes as somebody else in the network would. @param bytes a string, or a Buffer */
export async function publish(port, topic, bytes, ...more) {
  const from = bytes.length === 0 ? "-n" : "-s";
  const publishing = run("mosquitto_pub", ["-h", "127.0.0.1", "-p", String(port), "-V", "5", "-q", "1", "-t", topic, from, ...more], { env: PATH });
  if (bytes.length > 0) publishing.child.stdin.end(bytes);
  await publishing;
}

/** The next message of a topic, as somebody in the network hears it: QoS, retained, payload. */
export function listen(port, topic) {
  const args = ["-h", "127.0.0.1", "-p", String(port), "-V", "5", "-q", "2", "-t", topic, "-C", "1", "-F", "%q %r %p", "-d"];
  const listener = new Program("stdbuf", ["-oL", "mosquitto_sub", ...args]); // Or it speaks at its end only.
  return {
    ready: () => listener.says(/received SUBACK|Subscribed/),
    heard: async () => {
      await listener.ended;
      return listener.said.trim().split("\n").filter((line) => /^[0-2] [01] /.test(line)).at(-1);
    },
  };
}

/** All that is said in a house from now on, as somebody hears it who is there all the time: also after the broker was away. */
export async function overhear(port) {
  const session = ["-i", `overhears-${process.pid}`, "-c", "-x", "600"];
  const args = ["-h", "127.0.0.1", "-p", String(port), "-V", "5", "-q", "2", "-t", "#", ...session, "--retain-as-published", "-d"];
  const listener = new Program("stdbuf", ["-oL", "mosquitto_sub", ...args, "-F", "%q\t%r\t%E\t%t\t%p"]);
  await upOrEnded(listener, () => listener.says(/received SUBACK|Subscribed/));
  const heard = () =>
    [...listener.said.matchAll(/^([0-2])\t([01])\t(\d*)\t(.*?)\t(.*)$/gm)].map(([, qos, retained, life, topic, payload]) => {
      return { topic, qos: Number(qos), retained: retained === "1", life: life === "" ? null : Number(life), payload };
    });
  return { heard, on: (topic) => heard().filter((one) => one.topic === topic), end: () => listener.end() };
}

export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
