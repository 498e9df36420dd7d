// What devices say, and how each of it is read; docs/topics.md has them all. What is not here is not listened to.

import { code, fields, number, oneOf, Malformed } from "./payload.mjs";

const DAY_S = 86400;
const ACTIONS = ["off", "idle", "heating", "cooling"];
const DOINGS = ["off", "idle", "heat", "cool"];
export const MODES = ["off", "heat", "cool", "heat_cool"];
export const PRESETS = ["home", "away"];
export const PHASES = ["idle", "waiting", "brewing", "keeping-warm", "done", "interrupted", "locked"];

/** How each state is read: what is so now. */
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
    const said = fields(bytes);
    return {
      want: said.oneOf("want", DOINGS),
      doing: said.oneOf("doing", DOINGS),
      because: said.text("because", 64),
      forS: said.has("for_s") ? said.whole("for_s", 30 * DAY_S) : null,
    };
  },
  approach: (bytes) => {
    const said = fields(bytes);
    const calledOff = said.has("called_off") && said.flag("called_off");
    return { trip: said.text("trip", 64), calledOff, etaS: calledOff ? null : said.whole("eta_s", DAY_S) };
  },
  health: (bytes) => {
    const said = fields(bytes);
    const health = { uptimeS: said.whole("uptime_s"), version: said.text("version", 32) };
    for (const count of ["connections", "queued", "dropped", "rejected", "sensor_errors", "switchings"]) {
      health[count] = said.has(count) ? said.whole(count) : null;
    }
    health.cpuC = said.has("cpu_c") ? said.number("cpu_c", -60, 200) : null;
    return health;
  },
};

/** How each announcement is read: something that happened. */
export const ANNOUNCEMENTS = {
  result: (bytes) => {
    const said = fields(bytes);
    return {
      command: said.text("command", 64),
      id: said.has("id") ? said.text("id", 64) : null,
      outcome: said.oneOf("outcome", ["done", "rejected", "expired", "superseded"]),
      because: said.text("because", 512),
    };
  },
  brewed: (bytes) => {
    const said = fields(bytes);
    return { id: said.text("id", 64), seconds: said.whole("seconds", DAY_S) };
  },
  history: (bytes) => {
    const said = fields(bytes);
    return {
      id: said.text("id", 128),
      celsius: said.number("temperature_c", -273, 1000),
      ageS: said.has("age_s") ? said.whole("age_s", 366 * DAY_S) : null,
    };
  },
};

/** What the simulated house of `bin/demo` says of itself. */
export function demoHouse(bytes) {
  const said = fields(bytes);
  const time = said.text("time", 32);
  const epochMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(time) ? Date.parse(`${time}Z`) : NaN;
  if (!Number.isFinite(epochMs)) throw new Malformed("time: expected one such as 2026-04-14T11:30:00");
  return {
    epochMs,
    speed: Math.max(1, said.whole("speed", 1000)),
    run: said.text("run", 64),
    outsideC: said.number("outside_c", -100, 100),
    sensor: said.oneOf("sensor", ["well", "unplugged", "shorted"]),
    car: said.oneOf("car", ["at-work", "driving-home", "at-home", "driving-to-work"]),
    stoppable: said.flag("stoppable"),
  };
}
