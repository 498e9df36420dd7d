// The demo, as somebody at the page has it. One house and one page through all steps, as in life.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage, picture, seriousFindings } from "./browser.mjs";
import { publish, startDemo, upOrEnded } from "./programs.mjs";
import { until } from "./until.mjs";

const HEAT = 17;
const COFFEE = 22;
const HOSTILE = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';

export async function demoStory(t, browser) {
  const { demo, folder, address, port } = await startDemo();
  const { page, complaints } = await upOrEnded(demo, () => openPage(browser, address));
  const button = (name) => page.getByRole("button", { name, exact: true });
  const text = (selector) => page.locator(selector).first().innerText();
  const reads = (selector, pattern, patienceMs) => until(`${selector} reads ${pattern}`, async () => pattern.test(await text(selector)), patienceMs);
  const isOld = (selector) => page.locator(selector).first().evaluate((one) => one.classList.contains("old"));
  const relay = (node, pin) => {
    const file = join(folder, node, "gpio", String(pin));
    return existsSync(file) && readFileSync(file, "utf8").trim() === "1";
  };
  try {
    await t.test("the house is there, its devices learned from what they say", async () => {
      await reads("#link", /Connected/);
      await until("four devices are online", async () => (await page.locator(".status[data-state=online]").count()) === 4);
      assert.deepEqual(await page.locator("#devices th").allInnerTexts(), ["Airco", "Car", "Coffee", "Sensor"]);
      await reads(".room .value", /^\d\d\.\d °C$/);
      await reads("#lead", /It is \d\d\.\d °C/);
      await until("the value is fresh", async () => !(await isOld(".room .value")));
    });

    await t.test("a coffee at the press of a button: the relay goes on, and the page tells it", async () => {
      await button("Make a coffee").click();

      await until("the coffee's relay is on", () => relay("coffee", COFFEE));
      await reads(".coffee .says", /Brewing/);
    });

    await t.test("what an airco refuses is told in its words", async () => {
      const input = page.getByLabel("Set point, °C");
      await input.fill("45");
      await input.press("Enter");

      await reads(".room .answer", /^Set point 45\.0 °C: refused: must be from 5\.0 to 30\.0 °C$/);
      await until("the set point that holds is shown", async () => {
        await page.locator("#lead").click(); // What is being typed is not overwritten.
        return (await input.inputValue()) === "20.0";
      });
    });

    await t.test("by keyboard alone the set point is raised, the heating relay goes on, and the page says why", async () => {
      await page.locator("body").press("Tab");
      for (let i = 0; i < 60 && (await focused(page)) !== "Half a degree warmer"; i++) await page.keyboard.press("Tab");
      assert.equal(await focused(page), "Half a degree warmer");
      for (let i = 0; i < 4; i++) await page.keyboard.press("Enter");

      await reads(".room .answer", /22\.0 °C: done/);
      await until("the heating relay is on", () => relay("airco", HEAT));
      await reads(".room .doing", /Heating/);
      await reads(".room .why", /Heating, until the room is at the set point/);
      await reads("#lead", /heating to 22/);
    });

    await t.test("called home, the car sets out", async () => {
      await button("Call it home").click();

      await reads("#demo-answer", /Call the car home: done/);
      await reads("#wish-car-now", /driving home/);
    });

    await t.test("a sensor that is unplugged: heating stops, and its last word is never shown as fresh", async () => {
      await button("Unplugged").click();

      await until("the heating relay is off", () => !relay("airco", HEAT));
      await until("the value is grey", () => isOld(".room .value"));
      await reads(".room .age", /not now: last heard (a moment|\d+ (s|min)) ago/);
      await reads(".room .fault", /sensor-no-data/);
      await reads("#devices .what-fault[data-state=wrong]", /the sensor does not answer/);
      await reads(".room .why", /no temperature to go by: all is off/);
      await reads("#lead", /How warm it is nobody can say/);
      await button("Fine").click();
      await until("it is fresh again", async () => !(await isOld(".room .value")));
      await button("Shorted").click();
      await reads(".room .fault", /shorted to ground sensor-short/);
      await until("the value is grey again", () => isOld(".room .value"));
      await button("Fine").click();
      await until("it is fresh again", async () => !(await isOld(".room .value")));
      await until("the fault is gone", async () => !(await page.locator(".room .fault").isVisible()));
    });

    await t.test("how the brew ended is told, and that the car is coming", async () => {
      await reads(".coffee .answer", /A coffee: done/);
      await reads("#log", /Coffee: that brew took \d+ min/);
      await reads(".car .says", /On its way home\. Home in \d+ min/);
      await reads("#lead", /The car is coming, home in \d+ min/);
      await picture(page, "light");
      assert.deepEqual(await seriousFindings(page), []);
    });

    await t.test("on a phone, in the dark, nothing is cut off and nothing serious is found", async () => {
      await page.setViewportSize({ width: 360, height: 780 });
      assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
      await picture(page, "phone");
      await page.emulateMedia({ colorScheme: "dark" });
      assert.deepEqual(await seriousFindings(page), []);
      await page.setViewportSize({ width: 1280, height: 900 });
      await picture(page, "dark");
      assert.deepEqual(await seriousFindings(page), []);
    });

    await t.test("the broker is stopped: the page says so, shows nothing as fresh, and asks for nothing", async () => {
      await button("Stop it for 20 s").click();

      await reads("#link", /Offline/);
      await reads("#offline", /Offline: the broker does not answer.*All below is as it was (a moment|\d+ \w+) ago.*The devices carry on/s);
      await until("every value is old", () => isOld(".room .value"));
      await reads(".room .age", /not now: last heard/);
      assert.equal(await page.locator(".status[data-state=online]").count(), 0);
      assert.equal(await page.locator("main button[aria-disabled=false]").count(), 0);
      await reads("#log", /This page hears nothing: the broker does not answer/);
      assert.doesNotMatch(await text("#log"), /is offline/, "the page is blind; of the devices it knows nothing");
      await picture(page, "offline");
      assert.deepEqual(await seriousFindings(page), []);
    });

    await t.test("the broker is back: the page heals by itself", async () => {
      await reads("#link", /Connected/, 60_000);
      await until("the value is fresh", async () => !(await isOld(".room .value")));
      await until("four devices are online", async () => (await page.locator(".status[data-state=online]").count()) === 4);
      await reads("#log", /The broker is back/);
      assert.doesNotMatch(await text("#log"), /is offline/);
      await until("the offline notice is gone", async () => !(await page.locator("#offline").isVisible()));
    });

    await t.test("hostile messages do nothing but be counted", async () => {
      const before = await page.locator("img, script, iframe, object").count();
      const reason = (because) => JSON.stringify({ want: "heat", doing: "idle", because, for_s: null });
      await publish(port, "home/attic/temperature", "99.0", "-r"); // In store without a life: nobody knows how old.
      await publish(port, "home/attic/status", "online", "-r");
      for (const [topic, bytes] of [
        ["home/attic/fault", HOSTILE],
        ["home/attic/presence", HOSTILE],
        ["home/attic/temperature", "1e999"],
        ["home/attic/temperature", "NaN"],
        ["home/attic/temperature", Buffer.from([0xff, 0xfe, 0x31])],
        ["home/attic/temperature", "2".repeat(70_000)],
        ["home/attic/reason", '{"want":"heat","want":"cool","doing":"idle","because":"x","for_s":null}'],
        ["home/attic/reason", '{"want":{"__proto__":{"x":1}},"doing":"idle"}'],
        ["home/attic/__proto__", "polluted"],
        ["home/constructor/status", "online"],
        [`home/${HOSTILE.replaceAll("/", "")}/status`, "online"],
        ["home/attic/result", '{"command":"target/set","id":"x","outcome":"done","because":5}'],
        ["demo/house", '{"time":"<img src=x onerror=alert(1)>"}'],
      ]) {
        await publish(port, topic, bytes);
      }
      await publish(port, "home/attic/reason", reason(HOSTILE.slice(0, 60)));

      await until("what was no temperature is none", async () => /makes no sense/.test(await text("#log")));
      await reads("#misunderstood", /\d+ messages were not what a device says/);
      assert.equal(await page.evaluate("typeof window.pwned + typeof {}.x"), "undefinedundefined");
      assert.equal(await page.locator("img, script, iframe, object").count(), before);
      assert.equal(await page.locator(".value:not(.old)").filter({ hasText: "99" }).count(), 0);
      await reads("#link", /Connected/);
      for (const what of ["temperature", "status", "fault", "presence", "reason"]) await publish(port, `home/attic/${what}`, "", "-r");
      await until("who has been forgotten is gone", async () => !(await page.locator("#devices th", { hasText: "Attic" }).count()));
    });

    await t.test("in store without its age a reading is not fresh, and nobody says how old it is", async () => {
      await publish(port, "home/cellar/status", "online", "-r");
      await publish(port, "home/cellar/temperature", "11.5", "-r");
      const { page: later } = await openPage(browser, address);

      const cellar = later.locator("#devices th", { hasText: "Cellar" });
      await cellar.waitFor();
      // It is one more thermometer of the room, and does not count.
      await until("the room goes by a fresh one", async () => /measured by (sensor|airco)/.test(await later.locator(".room .age").first().innerText()));
      await later.context().close();
      for (const what of ["temperature", "status"]) await publish(port, `home/cellar/${what}`, "", "-r");
    });

    await t.test("a reload keeps the curve", async () => {
      await page.reload();
      await reads("#link", /Connected/);

      await until("the curve begins before the reload", async () => {
        const [, least, most] = /from (\S+) °C to (\S+) °C/.exec(await page.locator(".plot").first().getAttribute("aria-label")) ?? [];
        return Number(most) - Number(least) > 0.5;
      });
      await page.emulateMedia({ colorScheme: "light" });
    });

    await t.test("there is one chart, whatever was remembered and however the light changed", async () => {
      assert.equal(await page.locator(".plot .uplot").count(), 1);
    });

    await t.test("nothing was complained of, and nothing against the policy", () => {
      assert.deepEqual(complaints, []);
    });
  } finally {
    await page.context().close();
    await demo.end();
  }
}

/** The name of what has the focus, as a screen reader says it. */
function focused(page) {
  return page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);
}
