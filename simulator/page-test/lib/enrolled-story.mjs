// A house whose broker bin/enrol set up, with the listener for the page that docs/page.md adds to it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage } from "./browser.mjs";
import { Program, ROOT, freePort, newFolder, startMosquitto, upOrEnded } from "./programs.mjs";
import { until } from "./until.mjs";

export async function enrolledStory(t, browser) {
  const { broker, address, say, hear, password } = await startHouse();
  const { page, complaints } = await upOrEnded(broker, () => openPage(browser, address));
  const reads = (selector, pattern) => until(`${selector} reads ${pattern}`, async () => pattern.test(await page.locator(selector).first().innerText()));
  const signIn = async (name) => {
    await page.getByLabel("User name").fill(name);
    await page.getByLabel("Password").fill(password(name));
    await page.getByLabel("Password").press("Enter");
  };
  const warmer = page.getByRole("button", { name: "Half a degree warmer" });
  try {
    await t.test("who looks on sees what the devices say over TLS, and may ask for nothing", async () => {
      say("status", "online");
      say("target", "20.0");
      say("action", "idle");
      await signIn("page-reader");

      await reads("#link", /Connected/);
      await until("the set point is shown", async () => (await page.getByLabel("Set point, °C").inputValue()) === "20.0");
      await warmer.click();
      await reads(".room .answer", /not sent: this account may look, but not ask for anything/);
    });

    await t.test("its owner asks for things, in two tabs at once", async () => {
      await page.getByRole("button", { name: "Forget the password" }).click();
      await signIn("page-owner");
      await reads("#link", /Connected/);
      const second = await page.context().newPage();
      await second.goto(address);
      await second.getByLabel("User name").fill("page-owner");
      await second.getByLabel("Password").fill(password("page-owner"));
      await second.getByLabel("Password").press("Enter");
      await until("the second is connected", async () => /Connected/.test(await second.locator("#link").innerText()));

      const airco = hear("target/set");
      await airco.says(/received SUBACK/);

      await warmer.click();

      const [payload] = await airco.says(/^\{.*\}$/m);
      assert.equal(JSON.parse(payload).value, 20.5);
      await reads("#link", /Connected/);
    });

    await t.test("nothing was complained of, and nothing against the policy", () => {
      assert.deepEqual(complaints, []);
    });
  } finally {
    await page.context().close();
    await broker.end();
  }
}

async function startHouse() {
  const folder = newFolder();
  const keys = join(folder, "keys");
  const enrol = (...wish) => execFileSync(join(ROOT, "tools/enrol"), ["--in", keys, ...wish], { stdio: "pipe" });
  enrol("--broker", "localhost");
  enrol("airco", "--password");
  enrol("page-owner", "owner");
  enrol("page-reader", "reader");
  const password = (name) => readFileSync(join(keys, "devices", name, "broker.password"), "utf8").trim();

  const [devices, people, web] = [await freePort(), await freePort(), await freePort()];
  const memory = join(folder, "memory");
  mkdirSync(memory);
  const shipped = readFileSync(join(keys, "broker/hearth.conf"), "utf8") + "\n" + listenerOfTheHandbook();
  const here = shipped
    .replace("listener 8883\n", `listener ${devices} 127.0.0.1\n`)
    .replace("listener 8884\n", `listener ${people} 127.0.0.1\n`)
    .replaceAll(" /etc/mosquitto/hearth/", ` ${keys}/broker/`)
    .replaceAll(" /var/lib/mosquitto/", ` ${memory}/`);
  assert.doesNotMatch(here, / \/(etc|var)\/| 888\d$/m);
  const { broker, address } = await startMosquitto(folder, here, web);

  // The airco, as a device with a password is there.
  const topic = (what) => ["-t", `home/airco/${what}`];
  const airco = [
    ...["-h", "localhost", "-p", String(people), "--cafile", join(keys, "ca.crt"), "-V", "5", "-q", "1"],
    ...["-u", "airco", "-P", password("airco"), "-i", "airco"],
  ];
  const say = (what, text) => execFileSync("mosquitto_pub", [...airco, ...topic(what), "-r", "-m", text]);
  const hear = (what) => new Program("stdbuf", ["-oL", "mosquitto_sub", ...airco, ...topic(what), "-C", "1", "-d"]);
  return { broker, address, say, hear, password };
}

/** The lines that docs/page.md adds to the shipped configuration. */
function listenerOfTheHandbook() {
  const handbook = readFileSync(join(ROOT, "docs/page.md"), "utf8");
  const [, lines] = /```\n(# The page, beside what bin\/enrol made\.\n[^`]*)```/.exec(handbook);
  return lines;
}
