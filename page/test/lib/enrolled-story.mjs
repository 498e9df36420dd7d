// A broker that tools/enrol set up, with the listener for the page from the package's examples.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage } from "./browser.mjs";
import { Program, ROOT, freePort, newFolder, startMosquitto, endOnError } from "./programs.mjs";
import { example } from "./site.mjs";
import { until } from "./until.mjs";

export async function enrolledStory(t, browser) {
  const { broker, address, publish, subscribe, password } = await startBroker();
  const { page, errors } = await endOnError(broker, () => openPage(browser, address));
  const reads = (selector, pattern) => until(`${selector} reads ${pattern}`, async () => pattern.test(await page.locator(selector).first().innerText()));
  const signIn = async (name) => {
    await page.getByLabel("User name").fill(name);
    await page.getByLabel("Password").fill(password(name));
    await page.getByLabel("Password").press("Enter");
  };
  const warmer = page.getByRole("button", { name: "Half a degree warmer" });
  try {
    await t.test("a reader sees what the devices publish over TLS, and cannot send commands", async () => {
      publish("status", "online");
      publish("target", "20.0");
      publish("action", "idle");
      await signIn("page-reader");

      await reads("#connection", /Connected/);
      await until("the set point is shown", async () => (await page.getByLabel("Set point, °C").inputValue()) === "20.0");
      await warmer.click();
      await reads(".room .result", /not sent: this account can read, but not send commands/);
    });

    await t.test("an owner sends commands, in two tabs at once", async () => {
      await page.getByRole("button", { name: "Forget the password" }).click();
      await signIn("page-owner");
      await reads("#connection", /Connected/);
      const second = await page.context().newPage();
      await second.goto(address);
      await second.getByLabel("User name").fill("page-owner");
      await second.getByLabel("Password").fill(password("page-owner"));
      await second.getByLabel("Password").press("Enter");
      await until("the second is connected", async () => /Connected/.test(await second.locator("#connection").innerText()));

      const airco = subscribe("target/set");
      await airco.prints(/received SUBACK/);

      await warmer.click();

      const [payload] = await airco.prints(/^\{.*\}$/m);
      assert.equal(JSON.parse(payload).value, 20.5);
      await reads("#connection", /Connected/);
    });

    await t.test("the browser reports no error and no violation of the policy", () => {
      assert.deepEqual(errors, []);
    });
  } finally {
    await page.context().close();
    await broker.end();
  }
}

async function startBroker() {
  const folder = newFolder();
  const keys = join(folder, "keys");
  const enrol = (...args) => execFileSync(join(ROOT, "tools/enrol"), ["--in", keys, ...args], { stdio: "pipe" });
  enrol("--broker", "localhost");
  enrol("airco", "--password");
  enrol("page-owner", "owner");
  enrol("page-reader", "reader");
  const password = (name) => readFileSync(join(keys, "devices", name, "broker.password"), "utf8").trim();

  const [devices, people, web] = [await freePort(), await freePort(), await freePort()];
  const database = join(folder, "database");
  mkdirSync(database);
  const installed = readFileSync(join(keys, "broker/hearth.conf"), "utf8") + "\n" + readFileSync(example("enrolled-listener.conf"), "utf8");
  const adapted = installed
    .replace("listener 8883\n", `listener ${devices} 127.0.0.1\n`)
    .replace("listener 8884\n", `listener ${people} 127.0.0.1\n`)
    .replaceAll(" /etc/mosquitto/hearth/", ` ${keys}/broker/`)
    .replaceAll(" /var/lib/mosquitto/", ` ${database}/`);
  assert.doesNotMatch(adapted, / \/(etc|var)\/| 888\d$/m);
  const { broker, address } = await startMosquitto(folder, adapted, web);

  // The airco, as a device with a password.
  const topic = (what) => ["-t", `home/airco/${what}`];
  const airco = [
    ...["-h", "localhost", "-p", String(people), "--cafile", join(keys, "ca.crt"), "-V", "5", "-q", "1"],
    ...["-u", "airco", "-P", password("airco"), "-i", "airco"],
  ];
  const publish = (what, text) => execFileSync("mosquitto_pub", [...airco, ...topic(what), "-r", "-m", text]);
  const subscribe = (what) => new Program("stdbuf", ["-oL", "mosquitto_sub", ...airco, ...topic(what), "-C", "1", "-d"]);
  return { broker, address, publish, subscribe, password };
}
