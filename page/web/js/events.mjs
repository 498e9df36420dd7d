// The log lines of events.

import { duration } from "./clock.mjs";
import { FAULTS, PHASE_WORDS, degrees, title } from "./words.mjs";

/**
 * Returns the log line for a change, as [words, kind]; null for none. The first message of a state is no event. Devices that
 * come online or go offline are logged by offline.mjs.
 */
export function eventLine({ node, topic, value, before, malformed }, roomTemperature) {
  const name = title(node.name);
  if (malformed) return [`${name}: malformed message on ${topic}: ${malformed}`, "bad"];
  if (topic === "brewed") return [`${name}: the brew took ${duration(value.seconds * 1000)}`, "coffee"];
  if (value === null || before === undefined || before.value === value) return null;
  switch (topic) {
    case "fault":
      if (value === "none") return [`${name}: the fault is over`, "good"];
      return [`${name}: ${Object.hasOwn(FAULTS, value) ? FAULTS[value] : value}`, "bad"];
    case "action": {
      const at = roomTemperature === null ? "" : ` at ${degrees(roomTemperature)}`;
      if (value === "heating" || value === "cooling") return [`${name}: ${value} started${at}`, value];
      const wasOn = before.value === "heating" || before.value === "cooling";
      return wasOn ? [`${name}: ${before.value} ended${at}`, "change"] : null;
    }
    case "target":
      return [`${name}: set point ${degrees(value)}`, "change"];
    case "mode":
      return [`${name}: mode ${value.replace("_", " and ")}`, "change"];
    case "preset":
      return [`${name}: preset ${value}`, "change"];
    case "phase":
      return [`${name}: ${lowerCase(PHASE_WORDS[value])}`, "coffee"];
    case "presence":
      return [{ home: `${name} is home`, approaching: `${name} is coming home`, away: `${name} is away` }[value], "change"];
    default:
      return null;
  }
}

function lowerCase(sentence) {
  return sentence[0].toLowerCase() + sentence.slice(1).replace(/\.$/, "");
}
