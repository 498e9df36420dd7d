// Waiting on a condition, with a limit. No test here waits for a time.

const PATIENCE_MS = 30_000;
const LOOK_MS = 40;

/** @param look what is waited for: it is over when this gives something true, which is returned */
export async function until(what, look, patienceMs = PATIENCE_MS) {
  const deadline = performance.now() + patienceMs;
  let last;
  while (performance.now() < deadline) {
    try {
      last = await look();
      if (last) return last;
    } catch (e) {
      last = e;
    }
    await new Promise((again) => setTimeout(again, LOOK_MS));
  }
  throw new Error(`not within ${patienceMs / 1000} s: ${what}; last seen: ${last}`);
}
