// Waits for a condition, with a limit. No test waits for a fixed time.

const LIMIT_MS = 30_000;
const POLL_MS = 40;

/** Calls `check` until it returns something true, and returns that. @param what the condition in words */
export async function until(what, check, limitMs = LIMIT_MS) {
  const deadline = performance.now() + limitMs;
  let last;
  while (performance.now() < deadline) {
    try {
      last = await check();
      if (last) return last;
    } catch (e) {
      last = e;
    }
    await new Promise((again) => setTimeout(again, POLL_MS));
  }
  throw new Error(`not within ${limitMs / 1000} s: ${what}; last seen: ${last}`);
}
