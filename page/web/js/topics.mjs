// The topics that the page reads, and how. docs/topics.md lists all topics of the devices.

import { code, fields, number, oneOf, Malformed } from "./payload.mjs";

const DAY_S = 86400;
const ACTIONS = ["off", "idle", "heating", "cooling"];
const DECISIONS = ["off", "idle", "heat", "cool"];
export const MODES = ["off", "heat", "cool", "heat_cool"];
export const PRESETS = ["home", "away"];
export const PHASES = ["idle", "waiting", "brewing", "keeping-warm", "done", "interrupted", "locked"];

/** Readers of states, which are retained: the present value. */
export const STATES = {
  status: (bytes) => oneOf(bytes, ["online", "offline"]),
  fault: code,
  temperature: (bytes) => number(bytes, -273, 1000),
  target: (bytes) => number(bytes, -50, 100),
  mode: (bytes) => oneOf(bytes, MODES),
  preset: (bytes) => oneOf(bytes, PRESETS),
  action: (bytes) => oneOf(bytes, ACTIONS),
  phase: (bytes) => oneOf(bytes, PHASES),
  presence: (bytes) => oneOf(bytes, ["home", "approaching", "away"]),
  distance: (bytes) => number(bytes, 0, 21000),
  reason: (bytes) => {
    const json = fields(bytes);
    return {
      want: json.oneOf("want", DECISIONS),
      doing: json.oneOf("doing", DECISIONS),
      because: json.text("because", 64),
      forS: json.has("for_s") ? json.whole("for_s", 30 * DAY_S) : null,
    };
  },
  approach: (bytes) => {
    const json = fields(bytes);
    const cancelled = json.has("called_off") && json.flag("called_off");
    return { trip: json.text("trip", 64), cancelled, etaS: cancelled ? null : json.whole("eta_s", DAY_S) };
  },
  health: (bytes) => {
    const json = fields(bytes);
    const health = { uptimeS: json.whole("uptime_s"), version: json.text("version", 32) };
    for (const count of ["connections", "queued", "dropped", "rejected", "sensor_errors", "switchings"]) {
      health[count] = json.has(count) ? json.whole(count) : null;
    }
    health.cpuC = json.has("cpu_c") ? json.number("cpu_c", -60, 200) : null;
    return health;
  },
};

/** Readers of announcements, which are not retained: something that happened. */
export const ANNOUNCEMENTS = {
  result: (bytes) => {
    const json = fields(bytes);
    return {
      command: json.text("command", 64),
      id: json.has("id") ? json.text("id", 64) : null,
      outcome: json.oneOf("outcome", ["done", "rejected", "expired", "superseded"]),
      because: json.text("because", 512),
    };
  },
  brewed: (bytes) => {
    const json = fields(bytes);
    return { id: json.text("id", 64), seconds: json.whole("seconds", DAY_S) };
  },
  history: (bytes) => {
    const json = fields(bytes);
    return {
      id: json.text("id", 128),
      celsius: json.number("temperature_c", -273, 1000),
      ageS: json.has("age_s") ? json.whole("age_s", 366 * DAY_S) : null,
    };
  },
};

/** Reads the state that the simulator of `bin/demo` publishes. */
export function readSimulation(bytes) {
  const json = fields(bytes);
  const time = json.text("time", 32);
  const epochMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(time) ? Date.parse(`${time}Z`) : NaN;
  if (!Number.isFinite(epochMs)) throw new Malformed("time: expected a time such as 2026-04-14T11:30:00");
  return {
    epochMs,
    speed: Math.max(1, json.whole("speed", 1000)),
    run: json.text("run", 64),
    outsideC: json.number("outside_c", -100, 100),
    sensor: json.oneOf("sensor", ["well", "unplugged", "shorted"]),
    car: json.oneOf("car", ["at-work", "driving-home", "at-home", "driving-to-work"]),
    stoppable: json.flag("stoppable"),
  };
}
