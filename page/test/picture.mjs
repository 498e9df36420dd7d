// Makes docs/page.png, the picture of the README: the demo left alone until it was heated, cooled and the car is home, some
// 75 s. By hand: node picture.mjs

import { join } from "node:path";
import { openBrowser, openPage } from "./lib/browser.mjs";
import { ROOT, startDemo } from "./lib/programs.mjs";
import { until } from "./lib/until.mjs";

const { demo, address } = await startDemo();
const browser = await openBrowser();
try {
  const { page } = await openPage(browser, address, { viewport: { width: 1280, height: 1000 } });
  const reads = (selector, pattern) => until(`${selector} reads ${pattern}`, async () => pattern.test(await page.locator(selector).innerText()), 180_000);
  await reads("#log", /cooling began/);
  await reads("#lead", /The car is home.*fresh coffee/);
  await page.screenshot({ path: join(ROOT, "docs/page.png") });
} finally {
  await browser.close();
  await demo.end();
}
