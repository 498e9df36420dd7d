// What of all that is said is news, in words.

import { duration } from "./clock.mjs";
import { FAULTS, PHASE_WORDS, degrees, title } from "./words.mjs";

/**
 * The line for the log that a change is worth; null for none. What was in store at first is how things are, no news. Who
 * comes and goes is told by absences.mjs.
 */
export function news({ node, what, value, before, malformed }, roomTemperature) {
  const name = title(node.name);
  if (malformed) return [`${name} said something on ${what} that makes no sense: ${malformed}`, "bad"];
  if (what === "brewed") return [`${name}: that brew took ${duration(value.seconds * 1000)}`, "coffee"];
  if (value === null || before === undefined || same(before.value, value)) return null;
  switch (what) {
    case "fault":
      if (value === "none") return [`${name} is well again`, "good"];
      return [`${name}: ${Object.hasOwn(FAULTS, value) ? FAULTS[value] : value}`, "bad"];
    case "action": {
      const at = roomTemperature === null ? "" : ` at ${degrees(roomTemperature)}`;
      if (value === "heating" || value === "cooling") return [`${name}: ${value} began${at}`, value];
      const was = before.value === "heating" || before.value === "cooling";
      return was ? [`${name}: ${before.value} ended${at}`, "news"] : null;
    }
    case "target":
      return [`${name}: set point ${degrees(value)}`, "news"];
    case "mode":
      return [`${name}: mode ${value.replace("_", " and ")}`, "news"];
    case "preset":
      return [`${name}: set to ${value}`, "news"];
    case "phase":
      return [`${name}: ${lower(PHASE_WORDS[value])}`, "coffee"];
    case "presence":
      return [{ home: `${name} is home`, approaching: `${name} is coming home`, away: `${name} is away` }[value], "news"];
    default:
      return null;
  }
}

function same(a, b) {
  return a === b;
}

function lower(sentence) {
  return sentence[0].toLowerCase() + sentence.slice(1).replace(/\.$/, "");
}
