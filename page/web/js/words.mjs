// What devices say in codes, in words. A code that is not here is shown as it is.

const REASONS = {
  boot: { idle: "It has just started, and rests before it {wants}: a compressor likes that." },
  "to-target": { heat: "Heating, until the room is at the set point.", cool: "Cooling, until the room is at the set point." },
  "target-reached": { idle: "The room is at the set point." },
  "min-on": { any: "The room is at the set point; it runs out the shortest time it runs at all." },
  "min-off": { idle: "It would {want}, and rests first: it ran a moment ago." },
  "dead-time": { idle: "It would {want}, after a pause between heating and cooling." },
  "max-on": { idle: "It has run as long as it may at a stretch, and rests." },
  "no-relay": { any: "There is no relay to {want} with." },
  mode: { any: "In this mode it does nothing." },
  frost: { heat: "Heating against frost, whatever the mode.", idle: "So close to frost nothing is cooled." },
  "no-reading": { any: "There is no temperature to go by: all is off." },
  implausible: { any: "It measures what no room has: all is off." },
  "absolute-max": { any: "Far too warm: heating is off, whatever else is asked." },
  "absolute-min": { any: "Far too cold: cooling is off, whatever else is asked." },
  latched: { any: "Heating was of no use three times. All is off until somebody has looked." },
  "no-response": { any: "Heating did not warm the room. It rests, and tries again." },
  "other-side-runs": { any: "It would {want}, and waits for the other to stop." },
  unconfirmed: { any: "It would {want}, and waits for a second reading that agrees." },
  "relay-failed": { any: "The relay did not switch. It tries again." },
};

/** Near its set point an airco waits until the room is well past it, on a side that its mode minds. */
const WAITS = {
  heat: "Warm enough: it starts when the room is clearly colder.",
  cool: "Cool enough: it starts when the room is clearly warmer.",
  heat_cool: "Near enough: it starts when the room is clearly colder or warmer.",
};
const WAITS_AWAY = {
  heat: "You are away: it starts when the room is much colder.",
  cool: "You are away: it starts when the room is much warmer.",
  heat_cool: "You are away: it starts when the room is much colder or warmer.",
};

/** Why an airco does what it does, in a sentence. @param mode @param preset what it is set to, if that is known */
export function reasonWords({ want, doing, because }, mode = null, preset = null) {
  if (because === "in-band") return (preset === "away" ? WAITS_AWAY : WAITS)[mode] ?? WAITS.heat_cool;
  const known = REASONS[because];
  const sentence = known?.[doing] ?? known?.any;
  if (!sentence) return `It says: ${because}.`;
  const verb = want === "heat" || want === "cool" ? want : "do anything";
  return sentence.replace("{wants}", verb === "do anything" ? "does anything" : `${verb}s`).replace("{want}", verb);
}

export const REASON_CODES = ["in-band", ...Object.keys(REASONS)];

/** What a fault means, and what to do: from docs/troubleshooting.md, to which a test holds these. */
export const FAULTS = {
  "clock-unsynced": "nobody has told this machine the time, so quiet hours are not kept",
  "gps-no-fix": "no good position for a minute",
  "no-cup": "a car is near enough to brew for, and there is no cup",
  "no-reading": "none of its thermometers has said a temperature: all is off",
  "no-response": "half an hour of heating did not warm the room; it rests half an hour and tries again",
  "no-response-latched": "heating was of no use three times: all stays off until somebody clears this",
  "no-water": "there is no water: nothing is brewed",
  "relay-cool": "the cooling relay could not be switched on; it is tried again",
  "relay-heat": "the heating relay could not be switched on; it is tried again",
  "relay-machine": "the machine's relay could not be switched on: that brew is lost",
  "sensor-ambiguous": "there are several sensors, and the settings do not say which is meant",
  "sensor-checksum": "noise on the sensor's wire: the checksum is wrong",
  "sensor-garbled": "what the kernel hands out is no reading",
  "sensor-implausible": "it measures what no room has: all is off",
  "sensor-missing": "no sensor is on the wire, or not the right one",
  "sensor-no-data": "the sensor does not answer: look for a loose wire",
  "sensor-power": "the sensor has too little power to measure",
  "sensor-power-on-reset": "the sensor lost its power before it had measured",
  "sensor-range": "a number that no such sensor can measure",
  "sensor-short": "the sensor's wire is shorted to ground",
  "sensor-silent": "nothing was read, and nothing said why: the wire's bus hangs",
  "sensor-stuck": "the very same reading through six hours of heating or cooling",
  "sensor-unreadable": "the kernel's file of the sensor cannot be read",
  "source-silent": "one of its thermometers is silent; it goes by the others",
  "state-lost": "what it remembered was damaged, so its settings hold",
  "still-rising": "the room gets warmer though heating is off: has the relay welded? Feel the heater",
  storage: "what must survive a power cut cannot be written; it goes on by what it has in mind",
};

/** Faults that stay until somebody clears them. */
export const LATCHED = ["no-response-latched", "state-lost"];

export const MODE_WORDS = { off: "Off", heat: "Heat", cool: "Cool", heat_cool: "Both" };
export const PRESET_WORDS = { home: "Home", away: "Away" };
export const ACTION_WORDS = { off: "Off", idle: "Idle", heating: "Heating", cooling: "Cooling" };

export const PHASE_WORDS = {
  idle: "Free for the next cup.",
  waiting: "Waiting for the right moment.",
  brewing: "Brewing.",
  "keeping-warm": "The coffee is ready, and kept warm.",
  done: "There is coffee.",
  interrupted: "A brew was cut short. It rests.",
  locked: "No brew for now: it rests, or the day's coffee is used up.",
};

/** A node's name as a person would write it: "living-room" is "Living room". */
export function title(name) {
  const words = name.replaceAll("-", " ").trim() || name;
  return words[0].toUpperCase() + words.slice(1);
}

export function degrees(celsius) {
  return `${celsius.toFixed(1).replace("-", "−")} °C`;
}
