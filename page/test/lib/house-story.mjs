// A house's Mosquitto that serves the page, with the two files from the package's examples. The device is played.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage, picture, seriousFindings } from "./browser.mjs";
import { freePort, listen, newFolder, publish, startMosquitto, upOrEnded } from "./programs.mjs";
import { example } from "./site.mjs";
import { until } from "./until.mjs";

export async function houseStory(t, browser) {
  const { broker, port, address } = await startHouse();
  const { page, complaints } = await upOrEnded(broker, () => openPage(browser, address));
  const text = (selector) => page.locator(selector).first().innerText();
  const reads = (selector, pattern, patienceMs) => until(`${selector} reads ${pattern}`, async () => pattern.test(await text(selector)), patienceMs);
  const signIn = async (name, password) => {
    await page.getByLabel("User name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.getByLabel("Password").press("Enter");
  };
  const warmer = page.getByRole("button", { name: "Half a degree warmer" });
  try {
    await t.test("the broker wants a name, so the page asks for one, and is usable by keyboard at once", async () => {
      await page.getByRole("heading", { name: "Who is asking?" }).waitFor();

      assert.equal(await page.evaluate(() => document.activeElement.id), "username");
      assert.equal(await page.locator("#devices tr").count(), 0);
      await picture(page, "login");
      assert.deepEqual(await seriousFindings(page), []);
    });

    await t.test("a wrong password is told, and kept nowhere", async () => {
      await signIn("reader", "guessed");

      await reads("#login-why", /does not know this name with this password/);
      assert.deepEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length]), [0, 0]);
    });

    await t.test("with read rights it shows the house, of which it knew nothing", async () => {
      await playDevice(port);
      await signIn("reader", "a-secret");

      await reads("#link", /Connected/);
      await reads(".room h2", /Living room/);
      await reads(".room .why", /It has just started, and rests before it heats/);
      await reads("#lead", /It is 18\.5 °C/);
      assert.equal(await page.locator("#demo").isVisible(), false);
    });

    await t.test("a reading is fresh for as long as it lives, and then old, with its age", async () => {
      await publishReading(port, "18.75", 3);

      await until("it is fresh", async () => (await text(".room .value")) === "18.8 °C" && !(await page.locator(".room .value.old").count()));
      await until("it is old", async () => (await page.locator(".room .value.old").count()) === 1);
      await reads(".room .age", /not now: last heard (a moment|\d+ s) ago/);
      await reads("#lead", /How warm it is nobody can say/);
    });

    await t.test("with read rights nothing can be asked for, and the page says so", async () => {
      await warmer.click();

      await reads(".room .answer", /not sent: this account may look, but not ask for anything/);
    });

    await t.test("a password lives in the tab alone: a reload knows it, and it can be forgotten", async () => {
      await page.reload();
      await reads("#link", /Connected/);
      assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes("a-secret")), false);

      await page.getByRole("button", { name: "Forget the password" }).click();

      await page.getByRole("heading", { name: "Who is asking?" }).waitFor();
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    });

    await t.test("a command has an id, is not retained, and its answer is shown by that id", async () => {
      await signIn("owner", "another");
      await reads("#link", /Connected/);
      const listener = listen(port, "home/living-room/target/set");
      await listener.ready();
      await warmer.click();

      const [, qos, retained, payload] = /^(\d) (\d) (.*)$/.exec(await listener.heard());
      const { id, value, ...more } = JSON.parse(payload);
      assert.deepEqual([qos, retained, value, more], ["1", "0", 20.5, {}]);
      assert.match(id, /^[A-Za-z0-9._:-]{1,64}$/);
      const answer = (whose, outcome, because) => JSON.stringify({ command: "target/set", id: whose, outcome, because });
      await publish(port, "home/living-room/result", answer("somebody-elses", "rejected", "not this one"));
      await publish(port, "home/living-room/result", answer(id, "rejected", "the owner is asleep"));
      await reads(".room .answer", /Set point 20\.5 °C: refused: the owner is asleep/);
      await until("what holds is shown", async () => (await page.getByLabel("Set point, °C").inputValue()) === "20.0");
    });

    await t.test("a reading from while the broker was away takes its place in the curve", async () => {
      await publishReading(port, "19.0", 600);
      await until("it is fresh", async () => (await text(".room .value")) === "19.0 °C");
      await publish(port, "home/living-room/history", '{"id":"b1-7","temperature_c":17.25,"age_s":600}');

      const { x, y, width } = await page.locator(".plot").boundingBox();
      let across = 0;
      await until("the chart knows it", async () => {
        across = (across + 0.004) % 0.3;
        await page.mouse.move(x + width * (0.6 + across), y + 100);
        return /living-room 17\.3 °C/.test(await text(".readout"));
      });
      await page.mouse.move(0, 0);
    });

    await t.test("a device that is gone is told by its will, and nothing of it is fresh", async () => {
      await publishReading(port, "19.0", 600);
      await until("it is fresh", async () => !(await page.locator(".room .value.old").count()));
      await publish(port, "home/living-room/status", "offline", "-r");

      await reads(".room .fault", /Living room is offline/);
      await reads("#log", /Living room is offline/);
      assert.equal(await page.locator(".room .value.old").count(), 1);
      assert.equal(await warmer.getAttribute("aria-disabled"), "true");
    });

    await t.test("a broker that hangs is noticed, though the connection stays open; and the page heals", async () => {
      broker.child.kill("SIGSTOP");
      await reads("#link", /Offline/, 40_000);
      broker.child.kill("SIGCONT");

      await reads("#link", /Connected/, 40_000);
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
  const config = readFileSync(example("hearth-page.conf"), "utf8");
  const [port, web] = [await freePort(), await freePort()];
  const passwords = join(folder, "page.passwd");
  execFileSync("mosquitto_passwd", ["-b", "-c", passwords, "reader", "a-secret"]);
  execFileSync("mosquitto_passwd", ["-b", passwords, "owner", "another"]);
  copyFileSync(example("page.acl"), join(folder, "page.acl"));
  const here = config.replace("listener 1883 localhost", `listener ${port} 127.0.0.1`).replaceAll("/etc/mosquitto/", `${folder}/`);
  return { port, ...(await startMosquitto(folder, here, web)) };
}

/** A thermostat called living-room, as far as the page can tell. */
async function playDevice(port) {
  const reason = { want: "heat", doing: "idle", because: "boot", for_s: 200 };
  for (const [what, said] of Object.entries({
    status: "online",
    fault: "none",
    target: "20.0",
    mode: "heat_cool",
    preset: "home",
    action: "idle",
    reason: JSON.stringify(reason),
  })) {
    await publish(port, `home/living-room/${what}`, said, "-r");
  }
  await publishReading(port, "18.5", 600);
}

function publishReading(port, celsius, livesS) {
  const life = ["-D", "publish", "message-expiry-interval", String(livesS), "-D", "publish", "user-property", "lifetime_s", String(livesS)];
  return publish(port, "home/living-room/temperature", celsius, "-r", ...life);
}
