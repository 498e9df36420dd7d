// The page in the demo. One demo and one page run through all steps.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage, screenshot, seriousFindings } from "./browser.mjs";
import { publish, startDemo, endOnError } from "./programs.mjs";
import { until } from "./until.mjs";

const HEAT = 17;
const COFFEE = 22;
const HOSTILE = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';

export async function demoStory(t, browser) {
  const { demo, folder, address, port } = await startDemo();
  const { page, errors } = await endOnError(demo, () => openPage(browser, address));
  const button = (name) => page.getByRole("button", { name, exact: true });
  const text = (selector) => page.locator(selector).first().innerText();
  const reads = (selector, pattern, limitMs) => until(`${selector} reads ${pattern}`, async () => pattern.test(await text(selector)), limitMs);
  const isOld = (selector) => page.locator(selector).first().evaluate((one) => one.classList.contains("old"));
  const relay = (node, pin) => {
    const file = join(folder, node, "gpio", String(pin));
    return existsSync(file) && readFileSync(file, "utf8").trim() === "1";
  };
  try {
    await t.test("the page shows all devices, found by their topics", async () => {
      await reads("#connection", /Connected/);
      await until("four devices are online", async () => (await page.locator(".status[data-state=online]").count()) === 4);
      assert.deepEqual(await page.locator("#devices th").allInnerTexts(), ["Airco", "Car", "Coffee", "Sensor"]);
      await reads(".room .value", /^\d\d\.\d °C$/);
      await reads("#summary", /It is \d\d\.\d °C/);
      await until("the value is current", async () => !(await isOld(".room .value")));
    });

    await t.test("a button starts the coffee machine: its relay switches on, and the page shows it", async () => {
      await button("Make a coffee").click();

      await until("the coffee's relay is on", () => relay("coffee", COFFEE));
      await reads(".coffee .state", /Brewing/);
    });

    await t.test("a command that the airco rejects is shown with the reason of the airco", async () => {
      const input = page.getByLabel("Set point, °C");
      await input.fill("45");
      await input.press("Enter");

      await reads(".room .result", /^Set point 45\.0 °C: rejected: must be from 5\.0 to 30\.0 °C$/);
      await until("the present set point is shown", async () => {
        await page.locator("#summary").click(); // The page does not overwrite a field that has the focus.
        return (await input.inputValue()) === "20.0";
      });
    });

    await t.test("with the keyboard alone: raise the set point, see the heating relay switch on, read the reason", async () => {
      await page.locator("body").press("Tab");
      for (let i = 0; i < 60 && (await focused(page)) !== "Half a degree warmer"; i++) await page.keyboard.press("Tab");
      assert.equal(await focused(page), "Half a degree warmer");
      for (let i = 0; i < 4; i++) await page.keyboard.press("Enter");

      await reads(".room .result", /22\.0 °C: done/);
      await until("the heating relay is on", () => relay("airco", HEAT));
      await reads(".room .action", /Heating/);
      await reads(".room .reason", /Heating until the room is at the set point/);
      await reads("#summary", /heating to 22/);
    });

    await t.test("the car drives home on request", async () => {
      await button("Call it home").click();

      await reads("#demo-result", /Call the car home: done/);
      await reads("#demo-car-now", /driving home/);
    });

    await t.test("the sensor is unplugged: heating stops, and its last reading is never shown as current", async () => {
      await button("Unplugged").click();

      await until("the heating relay is off", () => !relay("airco", HEAT));
      await until("the value is grey", () => isOld(".room .value"));
      await reads(".room .age", /old: received (a moment|\d+ (s|min)) ago/);
      await reads(".room .fault", /sensor-no-data/);
      await reads("#devices .fault-cell[data-state=current]", /the sensor does not answer/);
      await reads(".room .reason", /No temperature is available: all outputs are off/);
      await reads("#summary", /The temperature is unknown/);
      await button("Normal").click();
      await until("it is current again", async () => !(await isOld(".room .value")));
      await button("Shorted").click();
      await reads(".room .fault", /shorted to ground sensor-short/);
      await until("the value is grey again", () => isOld(".room .value"));
      await button("Normal").click();
      await until("it is current again", async () => !(await isOld(".room .value")));
      await until("the fault is gone", async () => !(await page.locator(".room .fault").isVisible()));
    });

    await t.test("the page shows the result of the brew, and that the car is coming", async () => {
      await reads(".coffee .result", /Make a coffee: done/);
      await reads("#log", /Coffee: the brew took \d+ min/);
      await reads(".car .state", /On its way home\. Home in \d+ min/);
      await reads("#summary", /The car is coming, home in \d+ min/);
      await screenshot(page, "light");
      assert.deepEqual(await seriousFindings(page), []);
    });

    await t.test("on a phone and in dark mode nothing is cut off, and axe-core finds nothing serious", async () => {
      await page.setViewportSize({ width: 360, height: 780 });
      assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
      await screenshot(page, "phone");
      await page.emulateMedia({ colorScheme: "dark" });
      assert.deepEqual(await seriousFindings(page), []);
      await page.setViewportSize({ width: 1280, height: 900 });
      await screenshot(page, "dark");
      assert.deepEqual(await seriousFindings(page), []);
    });

    await t.test("the broker stops: the page says so, shows no value as current, and disables its buttons", async () => {
      await button("Stop it for 20 s").click();

      await reads("#connection", /Offline/);
      await reads("#offline", /Offline: the broker does not answer.*The connection was lost (a moment|\d+ \w+) ago.*The devices continue to work/s);
      await until("every value is old", () => isOld(".room .value"));
      await reads(".room .age", /old: received/);
      assert.equal(await page.locator(".status[data-state=online]").count(), 0);
      assert.equal(await page.locator("main button[aria-disabled=false]").count(), 0);
      await reads("#log", /The connection was lost: the broker does not answer/);
      assert.doesNotMatch(await text("#log"), /is offline/, "the page is offline; it knows nothing about the devices");
      await screenshot(page, "offline");
      assert.deepEqual(await seriousFindings(page), []);
    });

    await t.test("the broker is back: the page reconnects", async () => {
      await reads("#connection", /Connected/, 60_000);
      await until("the value is current", async () => !(await isOld(".room .value")));
      await until("four devices are online", async () => (await page.locator(".status[data-state=online]").count()) === 4);
      await reads("#log", /Connected to the broker again/);
      assert.doesNotMatch(await text("#log"), /is offline/);
      await until("the offline notice is gone", async () => !(await page.locator("#offline").isVisible()));
    });

    await t.test("hostile messages are counted and have no other effect", async () => {
      const before = await page.locator("img, script, iframe, object").count();
      const reason = (because) => JSON.stringify({ want: "heat", doing: "idle", because, for_s: null });
      await publish(port, "home/attic/temperature", "99.0", "-r"); // Retained without an expiry: of unknown age.
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

      await until("malformed temperatures are logged", async () => /malformed message/.test(await text("#log")));
      await reads("#malformed", /\d+ malformed messages were ignored/);
      assert.equal(await page.evaluate("typeof window.pwned + typeof {}.x"), "undefinedundefined");
      assert.equal(await page.locator("img, script, iframe, object").count(), before);
      assert.equal(await page.locator(".value:not(.old)").filter({ hasText: "99" }).count(), 0);
      await reads("#connection", /Connected/);
      for (const what of ["temperature", "status", "fault", "presence", "reason"]) await publish(port, `home/attic/${what}`, "", "-r");
      await until("a node without retained messages disappears", async () => !(await page.locator("#devices th", { hasText: "Attic" }).count()));
    });

    await t.test("a retained reading of unknown age is not current", async () => {
      await publish(port, "home/cellar/status", "online", "-r");
      await publish(port, "home/cellar/temperature", "11.5", "-r");
      const { page: later } = await openPage(browser, address);

      const cellar = later.locator("#devices th", { hasText: "Cellar" });
      await cellar.waitFor();
      // It is one more thermometer of the room, and is not used.
      await until("the room uses a current reading", async () => /measured by (sensor|airco)/.test(await later.locator(".room .age").first().innerText()));
      await later.context().close();
      for (const what of ["temperature", "status"]) await publish(port, `home/cellar/${what}`, "", "-r");
    });

    await t.test("a reload keeps the chart", async () => {
      await page.reload();
      await reads("#connection", /Connected/);

      await until("the chart begins before the reload", async () => {
        const [, least, most] = /from (\S+) °C to (\S+) °C/.exec(await page.locator(".plot").first().getAttribute("aria-label")) ?? [];
        return Number(most) - Number(least) > 0.5;
      });
      await page.emulateMedia({ colorScheme: "light" });
    });

    await t.test("there is one chart after the reload and the change between light and dark", async () => {
      assert.equal(await page.locator(".plot .uplot").count(), 1);
    });

    await t.test("the browser reports no error and no violation of the policy", () => {
      assert.deepEqual(errors, []);
    });
  } finally {
    await page.context().close();
    await demo.end();
  }
}

/** The name of the focused element, as a screen reader speaks it. */
function focused(page) {
  return page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);
}
