// The programs that a test starts and ends: the demo, a broker, MQTT clients. Each is ended by its process.

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

/** A program whose output is read while it runs. */
export class Program {
  output = "";

  constructor(command, args, env = {}) {
    this.child = spawn(command, args, { cwd: ROOT, env: { ...PATH, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    this.ended = new Promise((done) => this.child.on("exit", done));
    process.on("exit", () => this.child.kill("SIGKILL")); // Also after a failed test.
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on("data", (some) => (this.output += some));
  }

  /** Waits until the output matches, and returns the match. */
  async prints(pattern, limitMs) {
    return until(`it prints ${pattern}; it printed:\n${this.output}`, () => pattern.exec(this.output), limitMs);
  }

  async end() {
    this.child.kill("SIGCONT");
    this.child.kill("SIGTERM");
    await this.ended;
  }
}

/** Calls `use` with a program and returns its result. On an error, ends the program. */
export async function endOnError(program, use) {
  try {
    return await use(program);
  } catch (e) {
    await program.end();
    throw e;
  }
}

/** `bin/demo`, with its page on a free port and its simulated hardware in a temporary folder. */
export function startDemo() {
  const folder = join(newFolder(), "demo");
  const program = new Program(process.env.HEARTH_DEMO ?? join(ROOT, "bin/demo"), ["--page", "0", "--dir", folder]);
  return endOnError(program, async (demo) => {
    const [, address] = await demo.prints(/^The \w+ is at (http:\S+)$/m, 60_000);
    const [, port] = await demo.prints(/mosquitto_sub -h 127\.0\.0\.1 -p (\d+)/, 60_000);
    await demo.prints(/are online/, 60_000);
    return { demo, folder, address, port: Number(port) };
  });
}

/** Mosquitto with this configuration. It serves the page at the port `web`. */
export function startMosquitto(folder, config, web) {
  const file = join(folder, "mosquitto.conf");
  const adapted = config.replace("listener 8080\n", `listener ${web}\n`).replace("/usr/share/hearth-page", site());
  writeFileSync(file, adapted + (userInfo().username === "root" ? "user root\n" : ""));
  const address = `http://127.0.0.1:${web}/`;
  return endOnError(new Program("mosquitto", ["-c", file]), async (broker) => {
    await until("it serves the page", async () => (await fetch(address).catch(() => ({ ok: false }))).ok);
    return { broker, address };
  });
}

/** Publishes as another client. @param bytes a string, or a Buffer */
export async function publish(port, topic, bytes, ...more) {
  const from = bytes.length === 0 ? "-n" : "-s";
  const publishing = run("mosquitto_pub", ["-h", "127.0.0.1", "-p", String(port), "-V", "5", "-q", "1", "-t", topic, from, ...more], { env: PATH });
  if (bytes.length > 0) publishing.child.stdin.end(bytes);
  await publishing;
}

/** Subscribes to a topic for one message: QoS, retained, payload. */
export function subscribeOnce(port, topic) {
  const args = ["-h", "127.0.0.1", "-p", String(port), "-V", "5", "-q", "2", "-t", topic, "-C", "1", "-F", "%q %r %p", "-d"];
  const subscriber = new Program("stdbuf", ["-oL", "mosquitto_sub", ...args]); // Unbuffered: it would print only at its end.
  return {
    ready: () => subscriber.prints(/received SUBACK|Subscribed/),
    message: async () => {
      await subscriber.ended;
      return subscriber.output.trim().split("\n").filter((line) => /^[0-2] [01] /.test(line)).at(-1);
    },
  };
}

/** Records all messages from now on, in one session: also those from while this client was disconnected. */
export async function recordMessages(port) {
  const session = ["-i", `recorder-${process.pid}`, "-c", "-x", "600"];
  const args = ["-h", "127.0.0.1", "-p", String(port), "-V", "5", "-q", "2", "-t", "#", ...session, "--retain-as-published", "-d"];
  const recorder = new Program("stdbuf", ["-oL", "mosquitto_sub", ...args, "-F", "%q\t%r\t%E\t%t\t%p"]);
  await endOnError(recorder, () => recorder.prints(/received SUBACK|Subscribed/));
  const messages = () =>
    [...recorder.output.matchAll(/^([0-2])\t([01])\t(\d*)\t(.*?)\t(.*)$/gm)].map(([, qos, retained, life, topic, payload]) => {
      return { topic, qos: Number(qos), retained: retained === "1", life: life === "" ? null : Number(life), payload };
    });
  return { messages, on: (topic) => messages().filter((one) => one.topic === topic), end: () => recorder.end() };
}

export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
