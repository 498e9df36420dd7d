// Imports a file into Node-RED's editor, as an owner does.

import { openBrowser, openPage } from "../../../../../page/test/lib/browser.mjs";
import { until } from "../../../../../page/test/lib/until.mjs";
import { newEmptyHome, startNodeRed } from "./node-red.mjs";

/** @returns the editor's notification about the import, and its nodes after it, each with whether the editor considers it valid */
export async function importIntoEditor(file) {
  const home = await newEmptyHome();
  const nodeRed = await startNodeRed(home);
  let browser;
  try {
    browser = await openBrowser();
    const { page } = await openPage(browser, home.address);
    await page.locator("#red-ui-loading-progress").waitFor({ state: "hidden" });
    const chooser = page.locator("#red-ui-clipboard-dialog-import-file-upload");
    await until("the dialog is open", async () => {
      if ((await chooser.count()) === 0) await page.keyboard.press("Control+i"); // Until the editor reacts to keys.
      return chooser.count();
    });
    await chooser.setInputFiles(file);
    await page.locator("#red-ui-clipboard-dialog-ok").click();
    const notification = await page.locator(".red-ui-notification", { hasText: "Imported" }).innerText();
    const nodes = await page.evaluate(() => {
      const all = [];
      RED.nodes.eachWorkspace((one) => all.push(one));
      RED.nodes.eachConfig((one) => all.push(one));
      RED.nodes.eachNode((one) => all.push(one));
      return all.map(({ id, type, name, valid }) => ({ id, type, name, valid }));
    });
    return { notification, nodes };
  } finally {
    await browser?.close();
    await nodeRed.end();
  }
}
