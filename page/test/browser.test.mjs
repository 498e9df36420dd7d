// The page in a real Chromium, against real brokers and the real programs: as the demo has it, and as a house has it.

import { test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { demoStory } from "./lib/demo-story.mjs";
import { enrolledStory } from "./lib/enrolled-story.mjs";
import { houseStory } from "./lib/house-story.mjs";

test("the page", { concurrency: 3 }, async (t) => {
  const browser = await openBrowser();
  try {
    await Promise.all([
      t.test("of the demo", (story) => demoStory(story, browser)),
      t.test("of a house", (story) => houseStory(story, browser)),
      t.test("of an enrolled house", (story) => enrolledStory(story, browser)),
    ]);
  } finally {
    await browser.close();
  }
});
