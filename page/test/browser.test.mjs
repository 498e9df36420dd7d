// The page in a real Chromium, with real brokers and the real programs: in the demo, and served by two kinds of Mosquitto.

import { test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { demoStory } from "./lib/demo-story.mjs";
import { enrolledStory } from "./lib/enrolled-story.mjs";
import { mosquittoStory } from "./lib/mosquitto-story.mjs";

test("the page", { concurrency: 3 }, async (t) => {
  const browser = await openBrowser();
  try {
    await Promise.all([
      t.test("in the demo", (story) => demoStory(story, browser)),
      t.test("served by Mosquitto", (story) => mosquittoStory(story, browser)),
      t.test("served by an enrolled broker", (story) => enrolledStory(story, browser)),
    ]);
  } finally {
    await browser.close();
  }
});
