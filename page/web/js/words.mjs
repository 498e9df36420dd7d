// The words for codes that devices publish. An unknown code is shown as it is.
import { DEVICE_FAULTS } from "./devicefaults.mjs";

/** Per code: the sentence for each value of `doing`, or for any. {heating} is replaced by what the airco wants to do. */
const REASONS = {
  boot: { idle: "The program has just started. It waits before {heating}, to protect a compressor." },
  "to-target": { heat: "Heating until the room is at the set point.", cool: "Cooling until the room is at the set point." },
  "target-reached": { idle: "The room is at the set point." },
  "min-on": { any: "The room is at the set point. The relay stays on for its minimum time." },
  "min-off": { idle: "The room needs {heating}, but the minimum pause after the last period is not over." },
  "dead-time": { idle: "The room needs {heating}, but the pause between heating and cooling is not over." },
  "max-on": { idle: "The longest allowed period is over. The airco pauses." },
  "no-relay": { any: "There is no relay for {heating}." },
  mode: { any: "The mode does not allow heating or cooling now." },
  frost: { heat: "Heating to protect against frost, in every mode.", idle: "The room is so cold that cooling is blocked." },
  "no-reading": { any: "No temperature is available: all outputs are off." },
  implausible: { any: "The measured temperature is not plausible for a room: all outputs are off." },
  "absolute-max": { any: "The room is far too warm: heating is blocked, whatever the settings are." },
  "absolute-min": { any: "The room is far too cold: cooling is blocked, whatever the settings are." },
  latched: { any: "Heating had no effect three times. All outputs stay off until the fault is cleared." },
  "no-response": { any: "Heating did not warm the room. The airco pauses and then tries again." },
  "other-side-runs": { any: "The room needs {heating}, but the other output is still on." },
  unconfirmed: { any: "The room needs {heating}. The airco waits for a second reading that confirms it." },
  "relay-failed": { any: "The relay could not be switched. The airco tries again." },
};

/** The reason in-band: the room is close to the set point. Per mode: when the airco starts. */
const STARTS = {
  heat: "Warm enough. Heating starts when the room is clearly colder.",
  cool: "Cool enough. Cooling starts when the room is clearly warmer.",
  heat_cool: "Close to the set point. The airco starts when the room is clearly colder or warmer.",
};
const STARTS_AWAY = {
  heat: "You are away. Heating starts when the room is much colder.",
  cool: "You are away. Cooling starts when the room is much warmer.",
  heat_cool: "You are away. The airco starts when the room is much colder or warmer.",
};

/** The reason of an airco, as a sentence. @param mode @param preset the present settings, null if unknown */
export function reasonWords({ want, doing, because }, mode = null, preset = null) {
  if (because === "in-band") return (preset === "away" ? STARTS_AWAY : STARTS)[mode] ?? STARTS.heat_cool;
  const sentence = REASONS[because]?.[doing] ?? REASONS[because]?.any;
  if (!sentence) return `Reason: ${because}.`;
  return sentence.replace("{heating}", { heat: "heating", cool: "cooling" }[want] ?? "heating or cooling");
}

export const REASON_CODES = ["in-band", ...Object.keys(REASONS)];

/** The meaning of each fault of docs/troubleshooting.md. A test checks that the two have the same codes. */
export const FAULTS = {
  "clock-unsynced": "the clock is not synchronised, so quiet hours are not applied",
  "gps-no-fix": "no good position for a minute or more",
  "no-cup": "a car is close enough to start a brew, but there is no cup",
  "no-reading": "none of its thermometers has published a temperature: all outputs are off",
  "no-response": "half an hour of heating did not warm the room; heating pauses for half an hour and then tries again",
  "no-response-latched": "heating had no effect three times: all outputs stay off until the fault is cleared",
  "no-water": "there is no water: no coffee is brewed",
  "relay-cool": "the cooling relay could not be switched on; the airco tries again",
  "relay-heat": "the heating relay could not be switched on; the airco tries again",
  "relay-machine": "the coffee machine's relay could not be switched on: this brew is lost",
  "sensor-ambiguous": "several sensors are connected, and the settings do not name one",
  "sensor-checksum": "noise on the sensor's wire: the checksum is wrong",
  "sensor-garbled": "the kernel returned data that is not a reading",
  "sensor-implausible": "the measured temperature is not plausible for a room: all outputs are off",
  "sensor-missing": "no sensor is on the wire, or not the configured one",
  "sensor-no-data": "the sensor does not answer: check for a loose wire",
  "sensor-power": "the sensor has too little power to measure",
  "sensor-power-on-reset": "the sensor lost power before it had measured",
  "sensor-range": "the reading is outside the range of the sensor",
  "sensor-short": "the sensor's wire is shorted to ground",
  "sensor-silent": "no reading and no error: the sensor's bus hangs",
  "sensor-stuck": "the reading did not change during six hours of heating or cooling",
  "sensor-unreadable": "the kernel's file of the sensor cannot be read",
  "source-silent": "one of its thermometers sends nothing; the airco uses the others",
  "state-lost": "the saved state was damaged, so the values of the settings file apply",
  "still-rising": "the room gets warmer although heating is off: the relay may be welded. Check whether the heater is warm",
  storage: "data that must survive a power cut cannot be saved; the program continues with its data in RAM",
  ...DEVICE_FAULTS,
};

/** Faults that stay until a command clears them. */
export const LATCHED = ["no-response-latched", "state-lost"];

export const MODE_WORDS = { off: "Off", heat: "Heat", cool: "Cool", heat_cool: "Both" };
export const PRESET_WORDS = { home: "Home", away: "Away" };
export const ACTION_WORDS = { off: "Off", idle: "Idle", heating: "Heating", cooling: "Cooling" };

export const PHASE_WORDS = {
  idle: "Ready for the next cup.",
  waiting: "Waiting for the right moment.",
  brewing: "Brewing.",
  "keeping-warm": "The coffee is ready and kept warm.",
  done: "The coffee is ready.",
  interrupted: "The brew was interrupted. The machine pauses.",
  locked: "No brew now: the machine pauses, or the daily limit is reached.",
};

/** A node's name for people: "living-room" becomes "Living room". */
export function title(name) {
  const words = name.replaceAll("-", " ").trim() || name;
  return words[0].toUpperCase() + words.slice(1);
}

export function degrees(celsius) {
  return `${celsius.toFixed(1).replace("-", "−")} °C`;
}
