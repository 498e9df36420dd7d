// Makes docs/page.png, the picture in the README: the demo after heating, cooling and the car's arrival, about 75 s. By
// hand: node picture.mjs

import { join } from "node:path";
import { openBrowser, openPage } from "./lib/browser.mjs";
import { ROOT, startDemo } from "./lib/programs.mjs";
import { until } from "./lib/until.mjs";

const { demo, address } = await startDemo();
const browser = await openBrowser();
try {
  const { page } = await openPage(browser, address, { viewport: { width: 1280, height: 1000 } });
  const reads = (selector, pattern) => until(`${selector} reads ${pattern}`, async () => pattern.test(await page.locator(selector).innerText()), 180_000);
  await reads("#log", /cooling started/);
  await reads("#summary", /The car is home.*fresh coffee/);
  await page.screenshot({ path: join(ROOT, "docs/page.png") });
} finally {
  await browser.close();
  await demo.end();
}
