// A Mosquitto that serves the page, with the two files from the package's examples. The test publishes for the device.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage, screenshot, seriousFindings } from "./browser.mjs";
import { freePort, subscribeOnce, newFolder, publish, startMosquitto, endOnError } from "./programs.mjs";
import { example } from "./site.mjs";
import { until } from "./until.mjs";

export async function mosquittoStory(t, browser) {
  const { broker, port, address } = await startBroker();
  const { page, errors } = await endOnError(broker, () => openPage(browser, address));
  const text = (selector) => page.locator(selector).first().innerText();
  const reads = (selector, pattern, limitMs) => until(`${selector} reads ${pattern}`, async () => pattern.test(await text(selector)), limitMs);
  const signIn = async (name, password) => {
    await page.getByLabel("User name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.getByLabel("Password").press("Enter");
  };
  const warmer = page.getByRole("button", { name: "Half a degree warmer" });
  try {
    await t.test("the broker requires a user name: the page asks for it, with the focus in the field", async () => {
      await page.getByRole("heading", { name: "Sign in" }).waitFor();

      assert.equal(await page.evaluate(() => document.activeElement.id), "username");
      assert.equal(await page.locator("#devices tr").count(), 0);
      await screenshot(page, "login");
      assert.deepEqual(await seriousFindings(page), []);
    });

    await t.test("a wrong password is reported, and stored nowhere", async () => {
      await signIn("reader", "guessed");

      await reads("#login-message", /rejected this user name and password/);
      assert.deepEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length]), [0, 0]);
    });

    await t.test("with read rights it shows the devices, which are not configured in it", async () => {
      await publishDevice(port);
      await signIn("reader", "a-secret");

      await reads("#connection", /Connected/);
      await reads(".room h2", /Living room/);
      await reads(".room .reason", /has just started. It waits before heating/);
      await reads("#summary", /It is 18\.5 °C/);
      assert.equal(await page.locator("#demo").isVisible(), false);
    });

    await t.test("a reading is current until its message expiry, and then old, with its age", async () => {
      await publishReading(port, "18.75", 3);

      await until("it is current", async () => (await text(".room .value")) === "18.8 °C" && !(await page.locator(".room .value.old").count()));
      await until("it is old", async () => (await page.locator(".room .value.old").count()) === 1);
      await reads(".room .age", /old: received (a moment|\d+ s) ago/);
      await reads("#summary", /The temperature is unknown/);
    });

    await t.test("with read rights no command can be sent, and the page says so", async () => {
      await warmer.click();

      await reads(".room .result", /not sent: this account can read, but not send commands/);
    });

    await t.test("only the tab stores the password: it survives a reload, and can be deleted", async () => {
      await page.reload();
      await reads("#connection", /Connected/);
      assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes("a-secret")), false);

      await page.getByRole("button", { name: "Forget the password" }).click();

      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    });

    await t.test("a command has an id, is not retained, and its result is found by that id", async () => {
      await signIn("owner", "another");
      await reads("#connection", /Connected/);
      const subscriber = subscribeOnce(port, "home/living-room/target/set");
      await subscriber.ready();
      await warmer.click();

      const [, qos, retained, payload] = /^(\d) (\d) (.*)$/.exec(await subscriber.message());
      const { id, value, ...more } = JSON.parse(payload);
      assert.deepEqual([qos, retained, value, more], ["1", "0", 20.5, {}]);
      assert.match(id, /^[A-Za-z0-9._:-]{1,64}$/);
      const result = (id, outcome, because) => JSON.stringify({ command: "target/set", id, outcome, because });
      await publish(port, "home/living-room/result", result("another-client", "rejected", "not this one"));
      await publish(port, "home/living-room/result", result(id, "rejected", "the owner is asleep"));
      await reads(".room .result", /Set point 20\.5 °C: rejected: the owner is asleep/);
      await until("the present set point is shown", async () => (await page.getByLabel("Set point, °C").inputValue()) === "20.0");
    });

    await t.test("a reading from a time without the broker is inserted into the chart", async () => {
      await publishReading(port, "19.0", 600);
      await until("it is current", async () => (await text(".room .value")) === "19.0 °C");
      await publish(port, "home/living-room/history", '{"id":"b1-7","temperature_c":17.25,"age_s":600}');

      const { x, y, width } = await page.locator(".plot").boundingBox();
      let across = 0;
      await until("the chart shows it", async () => {
        across = (across + 0.004) % 0.3;
        await page.mouse.move(x + width * (0.6 + across), y + 100);
        return /living-room 17\.3 °C/.test(await text(".readout"));
      });
      await page.mouse.move(0, 0);
    });

    await t.test("the last will of a device is shown, and none of its values is current", async () => {
      await publishReading(port, "19.0", 600);
      await until("it is current", async () => !(await page.locator(".room .value.old").count()));
      await publish(port, "home/living-room/status", "offline", "-r");

      await reads(".room .fault", /Living room is offline/);
      await reads("#log", /Living room is offline/);
      assert.equal(await page.locator(".room .value.old").count(), 1);
      assert.equal(await warmer.getAttribute("aria-disabled"), "true");
    });

    await t.test("a broker that hangs is detected although the connection stays open, and the page reconnects", async () => {
      broker.child.kill("SIGSTOP");
      await reads("#connection", /Offline/, 40_000);
      broker.child.kill("SIGCONT");

      await reads("#connection", /Connected/, 40_000);
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
  const config = readFileSync(example("hearth.conf"), "utf8");
  const [port, web] = [await freePort(), await freePort()];
  const passwords = join(folder, "page.passwd");
  execFileSync("mosquitto_passwd", ["-b", "-c", passwords, "reader", "a-secret"]);
  execFileSync("mosquitto_passwd", ["-b", passwords, "owner", "another"]);
  copyFileSync(example("page.acl"), join(folder, "page.acl"));
  const adapted = config.replace("listener 1883 localhost", `listener ${port} 127.0.0.1`).replaceAll("/etc/mosquitto/", `${folder}/`);
  return { port, ...(await startMosquitto(folder, adapted, web)) };
}

/** Publishes what a thermostat named living-room publishes. */
async function publishDevice(port) {
  const reason = { want: "heat", doing: "idle", because: "boot", for_s: 200 };
  for (const [topic, payload] of Object.entries({
    status: "online",
    fault: "none",
    target: "20.0",
    mode: "heat_cool",
    preset: "home",
    action: "idle",
    reason: JSON.stringify(reason),
  })) {
    await publish(port, `home/living-room/${topic}`, payload, "-r");
  }
  await publishReading(port, "18.5", 600);
}

function publishReading(port, celsius, expiryS) {
  const expiry = ["-D", "publish", "message-expiry-interval", String(expiryS), "-D", "publish", "user-property", "lifetime_s", String(expiryS)];
  return publish(port, "home/living-room/temperature", celsius, "-r", ...expiry);
}
