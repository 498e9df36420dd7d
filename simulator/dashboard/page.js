// Made of js/ by simulator/page-test/bundle.mjs: read and change it there.
"use strict";
(async () => {
// js/words.mjs
const words$ = (() => {
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
function reasonWords({ want, doing, because }, mode = null, preset = null) {
  if (because === "in-band") return (preset === "away" ? WAITS_AWAY : WAITS)[mode] ?? WAITS.heat_cool;
  const known = REASONS[because];
  const sentence = known?.[doing] ?? known?.any;
  if (!sentence) return `It says: ${because}.`;
  const verb = want === "heat" || want === "cool" ? want : "do anything";
  return sentence.replace("{wants}", verb === "do anything" ? "does anything" : `${verb}s`).replace("{want}", verb);
}

const REASON_CODES = ["in-band", ...Object.keys(REASONS)];

/** What a fault means, and what to do: from docs/troubleshooting.md, to which a test holds these. */
const FAULTS = {
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
const LATCHED = ["no-response-latched", "state-lost"];

const MODE_WORDS = { off: "Off", heat: "Heat", cool: "Cool", heat_cool: "Both" };
const PRESET_WORDS = { home: "Home", away: "Away" };
const ACTION_WORDS = { off: "Off", idle: "Idle", heating: "Heating", cooling: "Cooling" };

const PHASE_WORDS = {
  idle: "Free for the next cup.",
  waiting: "Waiting for the right moment.",
  brewing: "Brewing.",
  "keeping-warm": "The coffee is ready, and kept warm.",
  done: "There is coffee.",
  interrupted: "A brew was cut short. It rests.",
  locked: "No brew for now: it rests, or the day's coffee is used up.",
};

/** A node's name as a person would write it: "living-room" is "Living room". */
function title(name) {
  const words = name.replaceAll("-", " ").trim() || name;
  return words[0].toUpperCase() + words.slice(1);
}

function degrees(celsius) {
  return `${celsius.toFixed(1).replace("-", "−")} °C`;
}
return { reasonWords, REASON_CODES, FAULTS, LATCHED, MODE_WORDS, PRESET_WORDS, ACTION_WORDS, PHASE_WORDS, title, degrees };
})();

// js/absences.mjs
const absences$ = (() => {
// Devices that fall silent. A broker that stops tells every last will before it closes: then the page is blind, and of the
// devices nobody knows. So a will is told only once the connection has outlived it.

const { title } = words$;

const OUTLIVED_MS = 1500;

/** A device comes back some seconds after its broker. Until then its will is in store, and is no news. */
const BACK_WITHIN_MS = 60_000;

class Absences {
  #log;
  #clock;
  #due = new Map();
  #blind = false;

  constructor(log, clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** A device's last will was heard, or its own word that it leaves. */
  left(name) {
    const now = this.#clock();
    this.#due.set(name, { at: now, tellAt: now + OUTLIVED_MS, missed: false });
  }

  /** A device says that it is there. */
  came(name) {
    const due = this.#due.get(name);
    this.#due.delete(name);
    if (due && !due.missed) this.#log.add(`${title(name)} is offline`, "bad", due.at);
    this.#log.add(due?.missed ? `${title(name)} is heard again` : `${title(name)} is online`, "good");
  }

  /** The connection is lost: what was about to be told is not known any more. */
  lost() {
    this.#blind = true;
    for (const due of this.#due.values()) due.missed = true;
  }

  /** The connection is back; who is not back in time is told as gone. */
  back() {
    this.#blind = false;
    const now = this.#clock();
    for (const due of this.#due.values()) Object.assign(due, { at: now, tellAt: now + BACK_WITHIN_MS });
  }

  /** Tells what has become certain. */
  render() {
    if (this.#blind) return;
    for (const [name, due] of this.#due) {
      if (this.#clock() < due.tellAt) continue;
      this.#due.delete(name);
      this.#log.add(`${title(name)} is offline`, "bad", due.at);
    }
  }
}
return { Absences };
})();

// js/link.mjs
const link$ = (() => {
// The connection to the broker: MQTT 5 over a WebSocket. It comes back by itself, each time with a client of its own, so
// that nothing that was asked for before is ever sent late.

/* global mqtt */

const KEEP_ALIVE_S = 10;
const CONNECT_MS = 5000;
const LARGEST_PACKET = 64 * 1024;

/** Sooner back than the devices, which tell a minute later what was missed. */
const MOST_WAIT_MS = 2000;

const TAKEN_OVER = 0x8e;
const BAD_CREDENTIALS = [0x86, 0x87];
const TAKEN_OVER_WAIT_MS = 30_000;

/**
 * Events: `up`, `down` (with `why`, for people, and `againMs`), `refused` (with `known`: whether a name was given),
 * `message`, `denied`.
 */
class Link {
  #address;
  #filters;
  #tell;
  #client = null;
  #tries = 0;
  #timer = 0;
  #credentials;
  #id = `page-${randomWord(8)}`;

  constructor(address, filters, credentials, tell) {
    this.#address = address;
    this.#filters = filters;
    this.#credentials = credentials;
    this.#tell = tell;
  }

  /** @param credentials {username, password}, or null */
  connect(credentials = this.#credentials) {
    this.#credentials = credentials;
    clearTimeout(this.#timer);
    this.#leave();
    const client = mqtt.connect(this.#address, {
      protocolVersion: 5,
      clientId: this.#id,
      clean: true,
      keepalive: KEEP_ALIVE_S,
      connectTimeout: CONNECT_MS,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      timerVariant: "native",
      properties: { maximumPacketSize: LARGEST_PACKET },
      ...(credentials ?? {}),
    });
    this.#client = client;
    let why = "the broker does not answer";
    let wait = null;
    const ours = (act) => (...what) => client === this.#client && act(...what);
    client.on("connect", ours(() => this.#subscribe(client)));
    client.on("message", ours((topic, payload, packet) => this.#tell("message", received(topic, payload, packet))));
    client.on("disconnect", ours((packet) => {
      if (packet.reasonCode === TAKEN_OVER) {
        why = "another page, or a device, has taken this one's place at the broker";
        wait = TAKEN_OVER_WAIT_MS;
      }
    }));
    client.on("error", ours((error) => {
      if (BAD_CREDENTIALS.includes(error.code)) {
        this.#leave();
        this.#tell("refused", { known: credentials !== null });
      }
    }));
    client.on("close", ours(() => this.#lost(why, wait)));
  }

  /**
   * Publishes a command, with a life, so that it never acts late. Resolves when the broker has it.
   * @throws if there is no connection, or the broker does not allow it
   */
  ask(topic, text, qos, lifeS) {
    const client = this.#client;
    if (!client?.connected) return Promise.reject(new Error("there is no connection"));
    return new Promise((done, failed) => {
      const properties = { messageExpiryInterval: lifeS };
      client.publish(topic, text, { qos, retain: false, properties }, (error) => (error ? failed(error) : done()));
    });
  }

  #subscribe(client) {
    client.subscribe(this.#filters, { qos: 1, rap: false, rh: 0 }, (error, granted) => {
      if (client !== this.#client) return;
      if (error || granted.some((one) => one.qos >= 128)) {
        this.#tell("denied");
      }
      if (error && !client.connected) return;
      this.#tries = 0;
      this.#tell("up");
    });
  }

  #lost(why, wait) {
    this.#leave();
    const againMs = wait ?? Math.round(Math.min(MOST_WAIT_MS, 500 * 2 ** this.#tries) * (0.75 + Math.random() / 2));
    this.#tries++;
    this.#timer = setTimeout(() => this.connect(), againMs);
    this.#tell("down", { why, againMs });
  }

  #leave() {
    const client = this.#client;
    this.#client = null;
    client?.on("error", () => {}); // Whatever else it says is about a connection that is over.
    client?.end(true);
  }
}

function received(topic, payload, packet) {
  const properties = packet.properties ?? {};
  const told = properties.userProperties?.lifetime_s;
  return {
    topic,
    payload,
    retained: packet.retain,
    lifetimeS: typeof told === "string" && /^[0-9]{1,10}$/.test(told) ? Number(told) : null,
    leftS: properties.messageExpiryInterval ?? null,
  };
}

/** Works where `crypto.randomUUID` does not: on a page that came over plain HTTP. */
function randomWord(length) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => "abcdefghijklmnopqrstuvwxyz234567"[byte % 32]).join("");
}
return { Link, randomWord };
})();

// js/asking.mjs
const asking$ = (() => {
// Commands: each has an id, lives a minute at most, and is answered on <node>/result; what became of it is shown.

const { randomWord } = link$;

const LIFE_S = 60;
const ANSWER_MS = 20_000;

/** A brew is answered when it is over, which a coffee machine's longest brew bounds. */
const SLOW_ANSWER_MS = 30 * 60_000;

class Asking {
  #link;
  #open = new Map();

  constructor(link) {
    this.#link = link;
  }

  /**
   * Asks a node for something.
   *
   * @param told called with {state, because, slow}: `asked`, `taken` (by the broker), then one of `done`, `rejected`,
   *     `expired`, `superseded`, `unanswered`, or `failed` if it could not be sent
   */
  async ask({ prefix, node, command, value, qos = 1, slow = false, told }) {
    const id = `page-${randomWord(10)}`;
    const topic = node === null ? `${prefix}/${command}` : `${prefix}/${node}/${command}`;
    const timer = setTimeout(() => this.#close(id, "unanswered", ""), slow ? SLOW_ANSWER_MS : ANSWER_MS);
    this.#open.set(id, { node, command, told, timer, slow });
    told({ state: "asked", because: "", slow });
    try {
      await this.#link.ask(topic, JSON.stringify({ id, value }), qos, LIFE_S);
      if (this.#open.has(id)) told({ state: "taken", because: "", slow });
    } catch (e) {
      const denied = e.code === 0x87 || /not authorized/i.test(e.message);
      this.#close(id, "failed", denied ? "this account may look, but not ask for anything" : e.message);
    }
  }

  /** A node's answer; other people's answers are passed over. */
  answered(node, { id, outcome, because, command }) {
    const open = id === null ? undefined : this.#open.get(id);
    if (open && open.node === node && open.command === command) this.#close(id, outcome, because);
  }

  /** The connection is gone, and with it the answers that were on their way. */
  lost() {
    for (const id of [...this.#open.keys()]) this.#close(id, "unanswered", "the connection was lost meanwhile");
  }

  #close(id, state, because) {
    const open = this.#open.get(id);
    if (!open) return;
    clearTimeout(open.timer);
    this.#open.delete(id);
    open.told({ state, because, slow: open.slow });
  }
}
return { Asking };
})();

// js/dom.mjs
const dom$ = (() => {
// The only way anything gets onto the page: as text. There is no innerHTML here, and the page's Trusted Types policy
// would refuse it.

const $ = (id) => document.getElementById(id);

/** Writes only what differs, so that a screen reader and the browser have nothing to do if nothing changed. */
function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function show(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/** A new element with text, or elements, in it. */
function make(tag, className, ...inside) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inside);
  return element;
}

/** A copy of a template's one element. */
function copy(template) {
  return $(template).content.firstElementChild.cloneNode(true);
}

/** A button that is off says so to everybody, and keeps the focus it has. */
function enable(button, on) {
  const off = on ? "false" : "true";
  if (button.getAttribute("aria-disabled") !== off) button.setAttribute("aria-disabled", off);
}

const isOn = (button) => button.getAttribute("aria-disabled") !== "true";

const GATHERED_MS = 150;
let waiting = [];

/** What a screen reader says at once. What comes together is said together; the same words twice are said twice. */
function announce(words) {
  if (waiting.push(words) > 1) return;
  setTimeout(() => {
    const all = waiting.join(". ");
    waiting = [];
    $("spoken").textContent = $("spoken").textContent === all ? `${all}\u00a0` : all;
  }, GATHERED_MS);
}
return { $, say, show, make, copy, enable, isOn, announce };
})();

// js/answer.mjs
const answer$ = (() => {
// What became of what was asked for.

const { say } = dom$;

/** So long a success is shown where it was asked for. What went wrong stays until the next. */
const SHOWN_MS = 30_000;

/**
 * Shows the answer where it was asked for. What went wrong is put into the log as well, after `whose`; what was done the
 * devices tell by themselves, unless it was done to the house (`logsDone`).
 */
function answerWords(page, element, what, answer, { whose = "", logsDone = false } = {}) {
  const { state } = answer;
  const words = wordsOf(what, answer);
  element.dataset.state = state;
  say(element, words);
  if (state === "done") setTimeout(() => element.textContent === words && say(element, ""), SHOWN_MS);
  const isOpen = state === "asked" || state === "taken";
  if (!isOpen && (state !== "done" || logsDone)) page.log.add(whose ? `${whose}: ${words}` : words, state === "done" ? "asked" : "bad");
}

function wordsOf(what, { state, because, slow }) {
  const reason = because ? `: ${unrepeated(because, what)}` : "";
  return {
    asked: `${what} …`,
    taken: `${what}: asked, ${slow ? "and answered when it is over" : "no answer yet"}`,
    done: `${what}: done`,
    rejected: `${what}: refused${reason}`,
    expired: `${what}: came too late, and was not done`,
    superseded: `${what}: gave way${reason}`,
    unanswered: `${what}: no answer${reason}. What is so now is shown above`,
    failed: `${what}: not sent${reason}`,
  }[state];
}

/** A device begins its reason with the value it was given, which stands before it already. */
function unrepeated(because, what) {
  const [value, ...more] = because.split(": ");
  return more.length > 0 && what.endsWith(` ${value}`) ? more.join(": ") : because;
}
return { answerWords };
})();

// js/fault.mjs
const fault$ = (() => {
// What is wrong, in words, with the code that the handbook knows it by.

const { make, enable, isOn } = dom$;
const { FAULTS, LATCHED, title } = words$;
const { answerWords } = answer$;

/** Shows the faults of some nodes, and a way to clear those that stay until somebody has looked. */
function showFault(element, page, names) {
  const wrong = names
    .map((name) => page.house.nodes.get(name))
    .filter(Boolean)
    .map((node) => ({ node, fault: page.house.last(node, "fault"), online: page.house.online(node) }))
    .filter(({ fault, online }) => (!online && page.house.connected) || (fault && !fault.old && fault.value !== "none"));
  const key = wrong.map(({ node, fault, online }) => `${node.name} ${fault?.value} ${online}`).join();
  if (element.dataset.wrong === key) return;
  element.dataset.wrong = key;
  element.hidden = wrong.length === 0;
  element.replaceChildren(...sharing(wrong).map((one) => sentence(one, page)));
}

/** A room goes by its sensor: what both tell is told once. What must be cleared is cleared at each. */
function sharing(wrong) {
  const told = [];
  for (const one of wrong) {
    const same = told.find(({ fault, online }) => one.online && online && fault.value === one.fault.value && !LATCHED.includes(fault.value));
    if (same) same.names.push(one.node.name);
    else told.push({ ...one, names: [one.node.name] });
  }
  return told;
}

function sentence({ node, fault, online, names }, page) {
  const name = make("strong", "", title(names.join(" and ")));
  if (!online) return make("span", "", name, " is offline.");
  const words = Object.hasOwn(FAULTS, fault.value) ? FAULTS[fault.value] : "something is wrong";
  const said = make("span", "", name, `: ${words} `, make("code", "", fault.value));
  if (LATCHED.includes(fault.value)) said.append(" ", clearing(node, page));
  return said;
}

function clearing(node, page) {
  const button = make("button", "", "I have looked: clear it");
  const answer = make("span", "answer");
  button.type = "button";
  enable(button, true);
  button.addEventListener("click", () => {
    if (!isOn(button)) return;
    page.asking.ask({
      prefix: page.house.prefix,
      node: node.name,
      command: "reset/set",
      value: "PRESS",
      told: (one) => answerWords(page, answer, "Clear it", one, { whose: title(node.name) }),
    });
  });
  return make("span", "", button, " ", answer);
}
return { showFault };
})();

// js/car.mjs
const car$ = (() => {
// A car: how far it is, and whether it is coming. It never says where it is.

const { copy, say } = dom$;
const { title } = words$;
const { showFault } = fault$;

const PRESENCE = { home: "At home.", approaching: "On its way home.", away: "Away." };
const LEAST_ROAD_KM = 10;

class Car {
  #page;
  #roadKm = LEAST_ROAD_KM;

  constructor(page, name) {
    this.#page = page;
    this.name = name;
    this.element = copy("car-template");
    const at = (selector) => this.element.querySelector(selector);
    const heading = at("h2");
    heading.id = `car-${name}`;
    this.element.setAttribute("aria-labelledby", heading.id);
    say(heading, title(name));
    this.says = at(".says");
    this.road = at(".road");
    this.far = at(".far");
    this.fault = at(".fault");
  }

  /** Minutes until it is home, by its own word less the time since; null if it is not coming. */
  minutes() {
    const { house, time } = this.#page;
    const coming = house.last(house.nodes.get(this.name), "approach");
    if (!coming || coming.old || coming.value.calledOff || coming.ageMs === null) return null;
    return Math.max(0, Math.round((coming.value.etaS - (coming.ageMs / 1000) * time.speed) / 60));
  }

  render() {
    const { house, time } = this.#page;
    const node = house.nodes.get(this.name);
    const presence = house.last(node, "presence");
    const distance = house.last(node, "distance");
    const minutes = this.minutes();
    const old = !presence || presence.old;
    const coming = minutes === null || presence?.value === "home" ? "" : minutes === 0 ? " Any moment now." : ` Home in ${minutes} min.`;
    const age = presence?.ageMs == null ? "" : ` (${time.ago(presence.ageMs)})`;
    say(this.says, !presence ? "It has not said where it is." : old ? `Not heard now. Last${age}: ${PRESENCE[presence.value]}` : PRESENCE[presence.value] + coming);
    this.says.classList.toggle("old", old);
    const km = distance?.value ?? null;
    if (km !== null) this.#roadKm = Math.max(this.#roadKm, km);
    const part = km === null ? 1 : Math.min(1, km / this.#roadKm);
    this.road.style.setProperty("--part", part.toFixed(3));
    this.road.classList.toggle("old", !distance || distance.old);
    this.road.classList.toggle("coming", coming !== "");
    const far = km === null ? "distance unknown" : km === 0 ? "less than a kilometre from home" : `${km} km from home`;
    say(this.far, presence?.value === "home" && !old ? "" : distance?.old ? `${far}, when last heard` : far);
    this.road.setAttribute("aria-label", `${title(this.name)}: ${far}`);
    showFault(this.fault, this.#page, [this.name]);
  }
}
return { Car };
})();

// js/coffee.mjs
const coffee$ = (() => {
// A coffee machine: how far it is, and a button.

const { copy, enable, isOn, make, say } = dom$;
const { PHASE_WORDS, title } = words$;
const { showFault } = fault$;
const { answerWords } = answer$;

const STEPS = { idle: "Idle", waiting: "Waiting", brewing: "Brewing", "keeping-warm": "Kept warm", done: "Done" };

class Coffee {
  #page;

  constructor(page, name) {
    this.#page = page;
    this.name = name;
    this.element = copy("coffee-template");
    const at = (selector) => this.element.querySelector(selector);
    const heading = at("h2");
    heading.id = `coffee-${name}`;
    this.element.setAttribute("aria-labelledby", heading.id);
    say(heading, title(name));
    this.says = at(".says");
    this.fault = at(".fault");
    this.answer = at(".answer");
    this.brew = at(".brew");
    this.cancel = at(".cancel");
    this.steps = Object.entries(STEPS).map(([phase, words]) => {
      const step = make("li", "", words);
      step.dataset.phase = phase;
      return step;
    });
    at(".steps").append(...this.steps);
    this.brew.addEventListener("click", () => this.#press(this.brew, "brew/set", "A coffee"));
    this.cancel.addEventListener("click", () => this.#press(this.cancel, "cancel/set", this.cancel.textContent));
  }

  render() {
    const { house, time } = this.#page;
    const node = house.nodes.get(this.name);
    const phase = house.last(node, "phase");
    const there = phase !== null && !phase.old;
    const age = phase?.ageMs == null ? "" : `, ${time.ago(phase.ageMs)}`;
    say(this.says, !phase ? "It has not said how it is." : there ? PHASE_WORDS[phase.value] : `Not heard now. Last: ${STEPS[phase.value] ?? phase.value}${age}.`);
    this.says.classList.toggle("old", !there);
    for (const step of this.steps) {
      const current = phase?.value === step.dataset.phase;
      if (current && there) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
      step.classList.toggle("old", current && !there);
    }
    enable(this.brew, there && ["idle", "waiting", "done", "interrupted", "locked"].includes(phase.value));
    say(this.cancel, phase?.value === "keeping-warm" ? "Stop keeping warm" : "Cancel");
    enable(this.cancel, there && ["waiting", "brewing", "keeping-warm"].includes(phase.value));
    showFault(this.fault, this.#page, [this.name]);
  }

  #press(button, command, words) {
    if (!isOn(button)) return;
    this.#page.asking.ask({
      prefix: this.#page.house.prefix,
      node: this.name,
      command,
      value: "PRESS",
      qos: 2,
      slow: command === "brew/set",
      told: (answer) => answerWords(this.#page, this.answer, words, answer, { whose: title(this.name) }),
    });
  }
}
return { Coffee };
})();

// js/payload.mjs
const payload$ = (() => {
// The one way in: everything from the bus is read here, strictly, or refused. As hearth.common.mqtt.Decoder does.

const LARGEST = 4096;
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const PLAIN_NUMBER = /^-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const TOKEN = /[ \t\n\r]*(?:([{}:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,9})?)|(true|false|null))/y;

/** What is not exactly what was expected. */
class Malformed extends Error {}

/** At most 4 KiB of valid UTF-8. */
function text(bytes) {
  if (bytes.length > LARGEST) throw new Malformed(`${bytes.length} bytes: expected at most ${LARGEST}`);
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Malformed("not UTF-8 text");
  }
}

/** A plain decimal number: no exponent, no NaN, no blanks. */
function number(bytes, least, most) {
  const plain = text(bytes);
  if (!PLAIN_NUMBER.test(plain)) throw new Malformed("not a plain number");
  return within(Number(plain), least, most);
}

function oneOf(bytes, words) {
  const word = text(bytes);
  if (!words.includes(word)) throw new Malformed(`expected one of ${words.join(", ")}`);
  return word;
}

/** A stable code: lower case, digits, hyphens. */
function code(bytes) {
  const word = text(bytes);
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(word)) throw new Malformed("expected a code such as sensor-short");
  return word;
}

/** One flat JSON object (RFC 8259), each name once, nothing behind it. Fields nobody asks for are passed over. */
function fields(bytes) {
  const source = text(bytes);
  const found = new Map();
  TOKEN.lastIndex = 0;
  const next = () => {
    const token = TOKEN.exec(source);
    if (!token) throw new Malformed("not a flat JSON object");
    return token;
  };
  const expect = (mark) => {
    if (next()[1] !== mark) throw new Malformed(`not a flat JSON object: expected ${mark}`);
  };
  expect("{");
  for (let token = next(); token[1] !== "}"; ) {
    if (token[2] === undefined) throw new Malformed("not a flat JSON object: expected a name");
    const name = JSON.parse(token[2]);
    if (found.has(name)) throw new Malformed("a name stands twice");
    expect(":");
    const value = next();
    if (value[1] !== undefined) throw new Malformed("not a flat JSON object");
    found.set(name, JSON.parse(value[0]));
    const after = next();
    if (after[1] !== "," && after[1] !== "}") throw new Malformed("not a flat JSON object: expected , or }");
    token = after[1] === "," ? next() : after;
    if (after[1] === "," && token[1] === "}") throw new Malformed("a comma too many");
  }
  if (/[^ \t\n\r]/.test(source.slice(TOKEN.lastIndex))) throw new Malformed("something behind the object");
  return {
    has: (name) => found.has(name) && found.get(name) !== null,
    text: (name, most = 256) => {
      const value = found.get(name);
      if (typeof value !== "string" || value.length > most || CONTROL.test(value)) throw new Malformed(`${name}: expected text`);
      return value;
    },
    number: (name, least, most) => {
      const value = found.get(name);
      if (typeof value !== "number") throw new Malformed(`${name}: expected a number`);
      return within(value, least, most);
    },
    whole: (name, most = Number.MAX_SAFE_INTEGER) => {
      const value = found.get(name);
      if (!Number.isInteger(value)) throw new Malformed(`${name}: expected a whole number`);
      return within(value, 0, most);
    },
    flag: (name) => {
      const value = found.get(name);
      if (typeof value !== "boolean") throw new Malformed(`${name}: expected true or false`);
      return value;
    },
    oneOf: (name, words) => {
      const value = found.get(name);
      if (!words.includes(value)) throw new Malformed(`${name}: expected one of ${words.join(", ")}`);
      return value;
    },
  };
}

function within(value, least, most) {
  if (!Number.isFinite(value) || value < least || value > most) throw new Malformed(`expected from ${least} to ${most}`);
  return value;
}
return { Malformed, text, number, oneOf, code, fields };
})();

// js/topics.mjs
const topics$ = (() => {
// What devices say, and how each of it is read; docs/topics.md has them all. What is not here is not listened to.

const { code, fields, number, oneOf, Malformed } = payload$;

const DAY_S = 86400;
const ACTIONS = ["off", "idle", "heating", "cooling"];
const DOINGS = ["off", "idle", "heat", "cool"];
const MODES = ["off", "heat", "cool", "heat_cool"];
const PRESETS = ["home", "away"];
const PHASES = ["idle", "waiting", "brewing", "keeping-warm", "done", "interrupted", "locked"];

/** How each state is read: what is so now. */
const STATES = {
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
const ANNOUNCEMENTS = {
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
function demoHouse(bytes) {
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
return { MODES, PRESETS, PHASES, STATES, ANNOUNCEMENTS, demoHouse };
})();

// js/demo.mjs
const demo$ = (() => {
// The simulated house of `bin/demo`, and what may be done to it. In a real house nothing of this is shown.

const { $, enable, isOn, say, show } = dom$;
const { demoHouse } = topics$;
const { ANNOUNCEMENTS } = topics$;
const { Malformed } = payload$;
const { answerWords } = answer$;

const PREFIX = "demo";
const CAR_WORDS = {
  "at-work": "It is at work.",
  "driving-home": "It is driving home.",
  "at-home": "It is at home.",
  "driving-to-work": "It is driving to work.",
};

class Demo {
  #page;
  #house = null;
  #diesAt = 0;

  constructor(page) {
    this.#page = page;
    for (const button of document.querySelectorAll("[data-wish]")) {
      button.addEventListener("click", () => isOn(button) && this.#wish(button));
    }
  }

  get run() {
    return this.#house?.run ?? null;
  }

  /** True if the message was for this, understood or not. */
  hear({ topic, payload, leftS }) {
    if (!topic.startsWith(`${PREFIX}/`)) return false;
    try {
      if (topic === `${PREFIX}/house` && payload.length > 0) {
        this.#house = demoHouse(payload);
        this.#diesAt = this.#page.clock() + (leftS ?? 10) * 1000;
        if (this.#page.time.is(this.#house.epochMs, this.#house.speed)) this.#page.simulated(this.#house.run);
      } else if (topic === `${PREFIX}/result`) {
        this.#page.asking.answered(null, ANNOUNCEMENTS.result(payload));
      }
    } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      this.#page.house.misunderstood++;
    }
    return true;
  }

  render() {
    show($("demo"), this.#house !== null);
    if (!this.#house) return;
    const there = this.#page.house.connected && this.#page.clock() < this.#diesAt;
    const car = this.#house.car;
    for (const button of document.querySelectorAll("[data-wish]")) {
      const { wish, value } = button.dataset;
      if (wish === "sensor/set") {
        button.setAttribute("aria-pressed", String(value === this.#house.sensor));
        enable(button, there);
      } else if (wish === "car/set") {
        enable(button, there && car === (value === "out" ? "at-home" : "at-work"));
      } else {
        enable(button, there && this.#house.stoppable);
      }
    }
    say($("wish-car-now"), there ? CAR_WORDS[car] : "");
  }

  #wish(button) {
    const { wish, value } = button.dataset;
    this.#page.asking.ask({
      prefix: PREFIX,
      node: null,
      command: wish,
      value,
      told: (answer) => answerWords(this.#page, $("demo-answer"), button.dataset.words, answer, { logsDone: true }),
    });
  }
}
return { Demo };
})();

// js/clock.mjs
const clock$ = (() => {
// Time as the page counts it. Ages are counted here and clocks are never compared with a sender's.

const SLEPT_MS = 2000;
const HICCUP_MS = 10_000;
const MOMENT_MS = 10_000;

/**
 * Milliseconds that never run backwards. A laptop that slept counts as time passed, though the monotonic clock of some
 * browsers stands still meanwhile: a value from before the sleep must not pass for fresh.
 */
function steadyClock(monotonic = () => performance.now(), wall = () => Date.now()) {
  let lastMonotonic = monotonic();
  let lastWall = wall();
  let now = 0;
  return () => {
    const passed = monotonic() - lastMonotonic;
    const wallPassed = wall() - lastWall;
    lastMonotonic += passed;
    lastWall += wallPassed;
    now += wallPassed - passed > SLEPT_MS ? wallPassed : Math.max(0, passed);
    return now;
  };
}

/** "4 s", "3 min", "2 h", "5 days"; rounded down. */
function duration(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 48 * 3600) return `${Math.floor(s / 3600)} h`;
  return `${Math.floor(s / 86400)} days`;
}

/** "4 min 59 s": what is left of something, to the second while that matters. */
function countdown(s) {
  if (s < 60) return `${s} s`;
  if (s < 600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return s < 7200 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3600)} h`;
}

/**
 * The time of the house: this machine's, or the simulated one once a demo has said what it is. There a minute may pass in
 * a second, and durations that devices tell are the house's.
 */
class HouseTime {
  #clock;
  #simulated = null;

  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * The demo says it is `epochMs` (its own, without a zone), and that it runs `speed` times as fast. What comes late on its
   * way tells too early a time, so of two the later holds: the house's time never runs backwards by a hiccup.
   */
  is(epochMs, speed) {
    const at = this.#clock();
    const before = this.#simulated;
    const behindMs = before?.speed === speed ? this.at(at) * 1000 - epochMs : Infinity;
    if (behindMs < 0 || behindMs > HICCUP_MS * speed) this.#simulated = { epochMs, speed, at };
    return before === null;
  }

  get simulated() {
    return this.#simulated !== null;
  }

  get speed() {
    return this.#simulated ? this.#simulated.speed : 1;
  }

  /** Seconds since 1970, the house's, at a moment of the page's clock. */
  at(moment) {
    const s = this.#simulated;
    return s ? (s.epochMs + (moment - s.at) * s.speed) / 1000 : (Date.now() + moment - this.#clock()) / 1000;
  }

  /** How long ago something was, as the house's clock has it: "a moment ago", "3 min ago". @param ms by the page's clock */
  ago(ms) {
    const passedMs = ms * this.speed;
    return passedMs < MOMENT_MS ? "a moment ago" : `${duration(passedMs)} ago`;
  }

  words(epochS, options) {
    const zone = this.simulated ? { timeZone: "UTC" } : {};
    return new Intl.DateTimeFormat("en-GB", { ...options, ...zone }).format(epochS * 1000);
  }

  hour(epochS) {
    return this.words(epochS, { hour: "2-digit", minute: "2-digit" });
  }
}
return { steadyClock, duration, countdown, HouseTime };
})();

// js/devices.mjs
const devices$ = (() => {
// Every node, learned from what it says, and how it is doing.

const { $, make, say, show } = dom$;
const { duration } = clock$;
const { FAULTS, title } = words$;

const COUNTS = ["connections", "switchings", "dropped", "rejected"];

class Devices {
  #page;
  #rows = new Map();

  constructor(page) {
    this.#page = page;
  }

  render() {
    const { house } = this.#page;
    const names = [...house.nodes.keys()];
    if (names.join() !== [...this.#rows.keys()].join()) {
      this.#rows = new Map(names.map((name) => [name, this.#rows.get(name) ?? row(name)]));
      $("devices").replaceChildren(...[...this.#rows.values()].map((one) => one.tr));
    }
    for (const [name, one] of this.#rows) this.#renderRow(house.nodes.get(name), one);
    const odd = house.misunderstood;
    show($("misunderstood"), odd > 0);
    say($("misunderstood"), `${odd === 1 ? "One message was" : `${odd} messages were`} not what a device says, and passed over.`);
  }

  #renderRow(node, { status, fault, up, counts, version }) {
    const { house, time } = this.#page;
    const online = house.online(node);
    const last = house.last(node, "status");
    say(status.lastElementChild, online ? "online" : !house.connected ? "not heard" : last?.value === "offline" ? "offline" : "not heard");
    status.dataset.state = online ? "online" : "offline";
    const wrong = house.last(node, "fault");
    say(fault, !wrong ? "–" : faultWords(wrong.value) + (wrong.old ? ", when last heard" : ""));
    fault.dataset.state = !wrong || wrong.value === "none" ? "" : wrong.old ? "was" : "wrong";
    const health = house.last(node, "health");
    const since = health?.ageMs == null ? 0 : (health.ageMs / 1000) * time.speed;
    say(up, !health ? "–" : online ? `${health.ageMs === null ? "over " : ""}${duration((health.value.uptimeS + since) * 1000)}` : "–");
    COUNTS.forEach((count, i) => say(counts[i], health?.value[count] == null ? "–" : String(health.value[count])));
    say(version, health?.value.version ?? "–");
  }
}

function faultWords(code) {
  return Object.hasOwn(FAULTS, code) ? FAULTS[code] : code;
}

function row(name) {
  const status = make("span", "status", make("span", "lamp"), make("span"));
  const fault = make("td", "what-fault");
  const up = make("td");
  const counts = COUNTS.map(() => make("td", "number"));
  const version = make("td");
  const head = make("th", "", title(name));
  head.scope = "row";
  return { tr: make("tr", "", head, make("td", "", status), fault, up, ...counts, version), status, fault, up, counts, version };
}
return { Devices };
})();

// js/house.mjs
const house$ = (() => {
// What is known of the house, and how old it is. Learned from the topics; nothing is assumed to be there.

const { STATES, ANNOUNCEMENTS } = topics$;
const { Malformed } = payload$;

const NAME = /^[a-z0-9-]{1,32}$/;
const MOST_NODES = 64;
const UNTOLD_LIFE_MS = 30_000;

/** States whose every message has a life: older than that, they are not what is so now. */
const MORTAL = new Set(["temperature", "approach"]);

/**
 * One thing that a node said.
 * @typedef {object} Said
 * @property value what, or null if it could not be understood
 * @property {number} heardAt by the page's clock
 * @property {?number} bornAt when it was first said; null if nobody knows
 * @property {?number} diesAt when it stops being so; null if it stays so until something else is said
 */

class House {
  #clock;

  constructor(prefix, clock) {
    this.prefix = prefix;
    this.#clock = clock;
    this.nodes = new Map();
    this.connected = false;
    this.lostAt = null;
    this.misunderstood = 0;
  }

  /** Takes a message in. Returns what there was to learn: the node, the topic, the value and the one before. */
  hear({ topic, payload, retained, lifetimeS, leftS }) {
    const [prefix, name, what, ...more] = topic.split("/");
    const announced = ANNOUNCEMENTS[what];
    const read = Object.hasOwn(STATES, what) ? STATES[what] : Object.hasOwn(ANNOUNCEMENTS, what) ? announced : null;
    if (prefix !== this.prefix || more.length > 0 || !NAME.test(name) || read === null) return null;
    if (!this.nodes.has(name) && (payload.length === 0 || this.nodes.size >= MOST_NODES)) return null;
    const node = this.nodes.get(name) ?? this.#met(name);
    const before = node.said.get(what);
    node.awaited.delete(what);
    if (payload.length === 0) {
      node.said.delete(what); // As a broker forgets a retained message.
      if (node.said.size === 0) this.nodes.delete(name);
      return { node, what, value: null, before, retained };
    }
    const now = this.#clock();
    try {
      const value = read(payload);
      if (announced && !Object.hasOwn(STATES, what)) return { node, what, value, before, retained };
      node.spoken.add(what);
      node.said.set(what, { value, heardAt: now, ...lifeOf(what, now, retained, lifetimeS, leftS) });
      return { node, what, value, before, retained };
    } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      this.misunderstood++;
      if (!Object.hasOwn(STATES, what)) return null;
      node.said.set(what, { value: null, heardAt: now, bornAt: null, diesAt: now });
      return { node, what, value: null, before, retained, malformed: e.message };
    }
  }

  /** The connection came or went. Nothing that was heard before is so now until it is heard again. */
  connection(connected) {
    if (this.connected && !connected) this.lostAt = this.#clock();
    this.connected = connected;
    if (connected) for (const node of this.nodes.values()) node.awaited = new Set(node.said.keys());
  }

  /** True if the node is there, by its own word or its last will. */
  online(node) {
    return this.connected && !node.awaited.has("status") && node.said.get("status")?.value === "online";
  }

  /** A node's word on something if it holds now, else null. */
  now(node, what) {
    const said = node.said.get(what);
    return said && said.value !== null && this.#holds(node, what, said) ? said.value : null;
  }

  /**
   * What a node said last, for showing: the value, whether it is old, and since when as far as is known.
   * @returns {?{value: *, old: boolean, ageMs: ?number, said: Said}}
   */
  last(node, what) {
    const said = node.said.get(what);
    if (!said || said.value === null) return null;
    const ageMs = said.bornAt === null ? null : this.#clock() - said.bornAt;
    return { value: said.value, old: !this.#holds(node, what, said), ageMs, said };
  }

  #holds(node, what, said) {
    if (!this.online(node) || node.awaited.has(what)) return false;
    return said.diesAt === null || this.#clock() < said.diesAt;
  }

  #met(name) {
    const node = { name, said: new Map(), spoken: new Set(), awaited: new Set() };
    const nodes = [...this.nodes.values(), node].sort((a, b) => a.name.localeCompare(b.name));
    this.nodes = new Map(nodes.map((one) => [one.name, one]));
    return node;
  }
}

/** The broker counts a message's life down, and the sender says how long it was: the difference is its age. */
function lifeOf(what, now, retained, lifetimeS, leftS) {
  if (!MORTAL.has(what)) return { bornAt: retained ? null : now, diesAt: null };
  if (lifetimeS !== null && leftS !== null && leftS <= lifetimeS) {
    return { bornAt: now - (lifetimeS - leftS) * 1000, diesAt: now + leftS * 1000 };
  }
  if (retained) return { bornAt: null, diesAt: now }; // Nobody knows how old it is: not fresh.
  return { bornAt: now, diesAt: now + UNTOLD_LIFE_MS };
}
return { House };
})();

// js/log.mjs
const log$ = (() => {
// What happened, newest first, since the page was opened.

const { $, make, announce, show } = dom$;

const MOST = 200;

class Log {
  #time;
  #clock;

  constructor(time, clock) {
    this.#time = time;
    this.#clock = clock;
  }

  /**
   * @param kind `news`, `asked`, `heating`, `cooling`, `coffee`, `bad` or `good`; all but small news are spoken
   * @param moment when it happened, by the page's clock
   */
  add(words, kind = "news", moment = this.#clock()) {
    const line = make("li", "", make("time", "", this.#time.hour(this.#time.at(moment))), make("span", "", words));
    line.dataset.kind = kind;
    line.dataset.moment = moment;
    const log = $("log");
    log.insertBefore(line, [...log.children].find((one) => Number(one.dataset.moment) <= moment) ?? null);
    while (log.childElementCount > MOST) log.lastElementChild.remove();
    show($("log-empty"), false);
    if (kind !== "asked") announce(words); // Answers are spoken where they were asked for.
  }
}
return { Log };
})();

// js/login.mjs
const login$ = (() => {
// Name and password, asked for when the broker wants them, and kept in this tab until it is closed.

const { $, show, announce, say } = dom$;

const KEY = "hearth.account";
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

class Login {
  #connect;
  #tried = null;

  constructor(connect) {
    this.#connect = connect;
    show($("login-open"), location.protocol === "http:" && !LOOPBACK.includes(location.hostname));
    $("login-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#tried = { username: $("username").value, password: $("password").value };
      $("password").value = "";
      this.#connect(this.#tried);
    });
    $("forget").addEventListener("click", () => {
      store(null);
      location.reload();
    });
    show($("forget"), this.kept() !== null);
  }

  get isOpen() {
    return !$("login").hidden;
  }

  kept() {
    try {
      const { username, password } = JSON.parse(sessionStorage.getItem(KEY));
      return typeof username === "string" && typeof password === "string" ? { username, password } : null;
    } catch {
      return null;
    }
  }

  /** @param known whether a name was given, and refused */
  ask(known) {
    this.#tried = null;
    store(null);
    show($("forget"), false);
    const wasOpen = this.isOpen;
    show($("login"), true);
    if (known) say($("login-why"), "The broker does not know this name with this password. Is one of them misspelt?");
    announce(known ? "The broker refuses this name and password" : "The broker wants a user name and a password");
    if (!wasOpen) $("username").focus();
    else $("password").focus();
  }

  accepted() {
    if (this.#tried !== null) {
      store(this.#tried);
      this.#tried = null;
    }
    show($("login"), false);
    show($("forget"), this.kept() !== null);
  }
}

function store(credentials) {
  try {
    if (credentials === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(credentials));
  } catch {
    return; // Then it is asked for again after a reload.
  }
}
return { Login };
})();

// js/curve.mjs
const curve$ = (() => {
// A room's past as far as this page has heard of it: temperatures, the set point, and when it was heated and cooled. Kept
// in the browser, so that a reload, or tomorrow's visit, does not begin with an empty chart.

const WINDOW_S = 24 * 3600;
const KEPT_EVERY_S = 45;
const MOST_SAMPLES = 20_000;
const MOST_SPANS = 500;

/** Two samples further apart than that have a hole between them, unless each lives longer. */
const HOLE_S = 150;

class Curve {
  /** Per node: times and degrees, in order, and how far apart two may be and still be joined. */
  samples = new Map();
  /** {from, to, what}: `heating` or `cooling`; `to` moves on while it lasts. */
  spans = [];
  /** {at, value}: the set point from then on; null if nobody knows. */
  targets = [];

  sample(node, at, celsius, livesS = 0) {
    const line = this.samples.get(node) ?? { at: [], celsius: [], holeS: HOLE_S };
    line.holeS = Math.max(line.holeS, livesS);
    this.samples.set(node, line);
    let i = line.at.length;
    while (i > 0 && line.at[i - 1] > at) i--; // What was taken while the broker was away comes late.
    if (i > 0 && line.at[i - 1] === at) return;
    line.at.splice(i, 0, at);
    line.celsius.splice(i, 0, celsius);
    while (line.at.length > MOST_SAMPLES || line.at[0] < line.at.at(-1) - WINDOW_S) {
      line.at.shift();
      line.celsius.shift();
    }
  }

  /** What the airco does from now on; null if nobody knows. */
  doing(what, at) {
    const last = this.spans.at(-1);
    const open = last && last.open ? last : null;
    if (open) open.to = Math.max(open.to, at);
    if (open?.what === what) return;
    if (open) open.open = false;
    if (what === "heating" || what === "cooling") this.spans.push({ from: at, to: at, what, open: true });
    while (this.spans.length > MOST_SPANS || this.spans[0]?.to < at - WINDOW_S) this.spans.shift();
  }

  target(value, at) {
    if (this.targets.at(-1)?.value === value) return;
    this.targets.push({ at, value });
    while (this.targets.length > MOST_SPANS || this.targets[1]?.at < at - WINDOW_S) this.targets.shift();
  }

  setPointAt(at) {
    let value = null;
    for (const one of this.targets) if (one.at <= at) value = one.value;
    return value;
  }

  /** A sample a minute, small enough for any browser to keep. */
  kept() {
    const lines = [...this.samples].map(([node, line]) => {
      const points = [];
      line.at.forEach((at, i) => {
        if (points.length === 0 || at - points.at(-1)[0] >= KEPT_EVERY_S) points.push([Math.round(at), line.celsius[i]]);
      });
      return [node, points];
    });
    return { lines, spans: this.spans.map(({ from, to, what }) => [from, to, what]), targets: this.targets };
  }

  /** What an earlier page kept; anything that is not that is passed over. */
  static from(kept, now) {
    const curve = new Curve();
    const isTime = (at) => Number.isFinite(at) && at <= now && at > now - WINDOW_S;
    try {
      for (const [node, points] of kept.lines) {
        for (const [at, celsius] of points) {
          if (isTime(at) && Number.isFinite(celsius)) curve.sample(String(node), at, celsius);
        }
      }
      for (const [from, to, what] of kept.spans) {
        if (isTime(to) && from <= to && (what === "heating" || what === "cooling")) curve.spans.push({ from, to, what });
      }
      for (const { at, value } of kept.targets) {
        if (Number.isFinite(at) && at <= now && (value === null || Number.isFinite(value))) curve.targets.push({ at, value });
      }
      const last = curve.targets.at(-1);
      if (last?.value != null) curve.targets.push({ at: now, value: null });
    } catch {
      return new Curve(); // Not ours.
    }
    return curve;
  }
}
return { Curve };
})();

// js/chart.mjs
const chart$ = (() => {
// The room's temperature over time: a line for each thermometer, the set point stepped, heating and cooling as bands.

/* global uPlot */

const { degrees } = words$;

const LEAST_SPAN_K = 3;
const LEAST_WINDOW_S = 40 * 60;
const MOST_POINTS = 3000;

/** What uPlot makes of nulls when it joins lines: a hole in one lasts until its own next point, not another's. */
const RETAINED = 1;
const EXPANDED = 2;

class Chart {
  #where;
  #curve;
  #time;
  #plot = null;
  #thermometers;
  #nodes = [];
  #hours = 3;
  #readout;
  #from = 0;
  #now = 0;

  /**
   * @param thermometers the nodes, the one that counts first
   * @param readout called with what is under the pointer, in words; with "" when there is none
   */
  constructor(where, curve, time, thermometers, readout) {
    this.#where = where;
    this.#curve = curve;
    this.#time = time;
    this.#thermometers = thermometers;
    this.#readout = readout;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(where);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#anew());
  }

  /** Shows another curve from now on. */
  of(curve) {
    this.#curve = curve;
  }

  show(hours) {
    this.#hours = hours;
  }

  /** Draws what is known up to `now`, in seconds of the house. */
  draw(now) {
    this.#from = Math.max(now - this.#hours * 3600, Math.min(this.#begin(now), now - LEAST_WINDOW_S));
    this.#now = now;
    const nodes = this.#thermometers.filter((node) => this.#curve.samples.has(node));
    if (this.#plot === null || nodes.join() !== this.#nodes.join()) {
      this.#nodes = nodes;
      this.#anew();
    }
    this.#plot?.batch(() => {
      this.#plot.setData(this.#data(this.#from, this.#now), false);
      this.#plot.setScale("x", { min: this.#from, max: this.#now });
    });
  }

  /** An empty chart that fills from the right tells nothing: it grows to its width. */
  #begin(now) {
    return Math.min(now, ...[...this.#curve.samples.values()].map((line) => line.at[0] ?? now));
  }

  #data(from, now) {
    const lines = this.#nodes.map((node) => withHoles(this.#curve.samples.get(node), from));
    const tables = [...lines, steps(this.#curve, from, now)].map((line) => (line[0].length ? line : [[now], [null]]));
    return uPlot.join(tables, tables.map(() => [RETAINED, EXPANDED]));
  }

  #anew() {
    if (this.#where.clientWidth === 0) return;
    this.#plot?.destroy();
    const ink = palette(this.#where);
    const axis = { stroke: ink.muted, font: `12px ${ink.font}`, ticks: { show: false }, gap: 8 };
    this.#plot = new uPlot(
      {
        ...this.#size(),
        padding: [12, 22, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { size: 8 }, drag: { x: false, y: false } },
        tzDate: (s) => (this.#time.simulated ? uPlot.tzDate(new Date(s * 1000), "Etc/UTC") : new Date(s * 1000)),
        scales: { x: { time: true, auto: false }, y: { range: (u, least, most) => roomy(least, most) } },
        series: [
          {},
          ...this.#nodes.map((node, i) => ({
            stroke: i === 0 ? ink.line : ink.muted,
            width: i === 0 ? 2 : 1,
            points: { show: false },
          })),
          { stroke: ink.target, width: 1.5, dash: [2, 5], cap: "round", points: { show: false } },
        ],
        axes: [
          { ...axis, grid: { show: false }, size: 30, space: 70, values: (u, ticks) => ticks.map((at) => this.#time.hour(at)) },
          { ...axis, grid: { stroke: ink.grid, width: 1 }, size: 44, values: (u, ticks) => ticks.map((c) => `${c}°`) },
        ],
        hooks: {
          drawClear: [(u) => this.#drawBands(u, ink)],
          setCursor: [(u) => this.#readout(this.#under(u.cursor.idx))],
        },
      },
      this.#data(this.#from, this.#now),
      this.#where,
    );
  }

  #drawBands(u, ink) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const span of this.#curve.spans) {
      const left = u.valToPos(span.from, "x", true);
      const width = Math.max(2, u.valToPos(span.to, "x", true) - left);
      ctx.fillStyle = span.what === "heating" ? ink.heatingBand : ink.coolingBand;
      ctx.fillRect(left, bbox.top, width, bbox.height);
      ctx.fillStyle = span.what === "heating" ? ink.heating : ink.cooling;
      const thick = 3 * devicePixelRatio;
      ctx.fillRect(left, span.what === "heating" ? bbox.top + bbox.height - thick : bbox.top, width, thick);
    }
    ctx.restore();
  }

  #under(index) {
    if (index == null) return "";
    const [times, ...values] = this.#plot.data;
    const said = this.#nodes
      .map((node, i) => (values[i][index] == null ? null : `${node} ${degrees(values[i][index])}`))
      .filter(Boolean);
    const target = values.at(-1)[index] ?? this.#curve.setPointAt(times[index]);
    if (target != null) said.push(`set point ${degrees(target)}`);
    return said.length ? `${this.#time.hour(times[index])}: ${said.join(", ")}` : "";
  }

  #size() {
    const width = this.#where.clientWidth;
    return { width, height: width < 520 ? 230 : 380 };
  }
}

/** A line is not drawn across what nobody heard. */
function withHoles(line, from) {
  const at = [];
  const celsius = [];
  const first = Math.max(0, line.at.findIndex((t) => t >= from) - 1);
  const stride = Math.max(1, Math.ceil((line.at.length - first) / MOST_POINTS));
  for (let i = first; i < line.at.length; i++) {
    if (i > first && line.at[i] - line.at[i - 1] > line.holeS) {
      at.push(line.at[i - 1] + 1);
      celsius.push(null);
    }
    if ((line.at.length - 1 - i) % stride === 0) {
      at.push(line.at[i]);
      celsius.push(line.celsius[i]);
    }
  }
  return [at, celsius];
}

/** The set point, as stairs. */
function steps(curve, from, now) {
  const at = [from];
  const value = [curve.setPointAt(from)];
  for (const one of curve.targets) {
    if (one.at <= from || one.at > now) continue;
    at.push(one.at - 0.001, one.at);
    value.push(value.at(-1), one.value);
  }
  at.push(now);
  value.push(value.at(-1));
  return [at, value];
}

/** So much room around the line that a tenth of a degree does not look like a storm. */
function roomy(least, most) {
  if (least == null || most == null) return [17, 23];
  const middle = (least + most) / 2;
  const half = Math.max(LEAST_SPAN_K, most - least + 1) / 2;
  return [Math.floor((middle - half) * 2) / 2, Math.ceil((middle + half) * 2) / 2];
}

function palette(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    line: colour("ink"),
    muted: colour("muted"),
    grid: colour("rule"),
    target: colour("target"),
    heating: colour("heating"),
    cooling: colour("cooling"),
    heatingBand: colour("heating-band"),
    coolingBand: colour("cooling-band"),
    font: style.fontFamily,
  };
}
return { Chart };
})();

// js/room.mjs
const room$ = (() => {
// A room: how warm it is, what is done about it and why, and how it was.

const { Curve } = curve$;
const { Chart } = chart$;
const { countdown } = clock$;
const { copy, enable, isOn, make, say, show } = dom$;
const { ACTION_WORDS, MODE_WORDS, PRESET_WORDS, degrees, reasonWords } = words$;
const { MODES, PRESETS } = topics$;
const { showFault } = fault$;
const { answerWords } = answer$;

const TYPING_MS = 900;
const DRAWN_EVERY_MS = 250;

class Room {
  #page;
  #hasDrawnAt = -Infinity;
  #curve = new Curve();
  #typing = 0;
  #wanted = null;

  /** @param plan {name, thermometers: [node name…], airco: node name or null} */
  constructor(page, plan) {
    this.#page = page;
    this.plan = plan;
    this.element = copy("room-template");
    const at = (selector) => this.element.querySelector(selector);
    this.heading = at("h2");
    this.value = at(".value");
    this.age = at(".age");
    this.doing = at(".doing");
    this.why = at(".why");
    this.fault = at(".fault");
    this.controls = at(".controls");
    this.input = at("input");
    this.answer = at(".answer");
    this.plot = at(".plot");
    this.readout = at(".readout");
    say(this.heading, plan.name);
    const id = `room-${plan.airco ?? plan.thermometers[0]}`;
    this.heading.id = id;
    this.element.setAttribute("aria-labelledby", id);
    this.#buildControls(id);
    const tell = (words) => say(this.readout, words);
    this.chart = new Chart(this.plot, this.#curve, page.time, plan.thermometers, tell);
    this.#legend();
    for (const button of this.element.querySelectorAll("[data-hours]")) {
      button.addEventListener("click", () => {
        this.chart.show(Number(button.dataset.hours));
        for (const one of this.element.querySelectorAll("[data-hours]")) one.setAttribute("aria-pressed", String(one === button));
        this.#hasDrawnAt = -Infinity;
      });
    }
  }

  get nodes() {
    return [...new Set([...this.plan.thermometers, ...(this.plan.airco ? [this.plan.airco] : [])])];
  }

  /** Takes up what an earlier page kept. */
  remember(kept) {
    this.#curve = Curve.from(kept, this.#page.time.at(this.#page.clock()));
    this.chart.of(this.#curve);
  }

  /** Which line is whose, if there are several. */
  #legend() {
    const [first, ...others] = this.plan.thermometers;
    const key = this.element.querySelector(".key.line");
    if (others.length === 0) return;
    say(key, `by ${first}`);
    key.after(...others.map((name) => make("span", "key other", `by ${name}`)));
  }

  kept() {
    return this.#curve.kept();
  }

  /** Something was heard of one of its nodes. */
  heard({ node, what, value, malformed }) {
    const { time, clock, house } = this.#page;
    const now = clock();
    if (what === "temperature" && value !== null && house.now(node, "temperature") !== null) {
      const { bornAt, diesAt } = node.said.get(what);
      this.#curve.sample(node.name, time.at(bornAt), value, ((diesAt - bornAt) / 1000) * time.speed);
    } else if (what === "history" && value.ageS !== null && value.ageS * 1000 / time.speed < 24 * 3600_000) {
      this.#curve.sample(node.name, time.at(now) - value.ageS, value.celsius);
    }
    if (malformed && what === "temperature") this.#hasDrawnAt = -Infinity;
  }

  /** The freshest word on the temperature: {value, old, ageMs, node}, or null. The first thermometer that is fresh counts. */
  temperature() {
    const { house } = this.#page;
    const said = this.plan.thermometers
      .map((name) => ({ name, node: house.nodes.get(name) }))
      .filter(({ node }) => node)
      .map(({ name, node }) => ({ name, ...house.last(node, "temperature") }))
      .filter((one) => one.value !== undefined);
    const age = (one) => one.ageMs ?? Infinity;
    return said.find((one) => !one.old) ?? said.sort((a, b) => age(a) - age(b))[0] ?? null;
  }

  /** Of the airco: what it said last on a topic. */
  airco(what) {
    const node = this.#page.house.nodes.get(this.plan.airco);
    return node ? this.#page.house.last(node, what) : null;
  }

  render() {
    this.#renderTemperature();
    this.#renderAirco();
    showFault(this.fault, this.#page, this.nodes);
    this.#follow();
    const now = this.#page.clock();
    if (now - this.#hasDrawnAt >= DRAWN_EVERY_MS && !document.hidden) {
      this.#hasDrawnAt = now;
      this.chart.draw(this.#page.time.at(now));
      this.plot.setAttribute("aria-label", this.#chartWords());
    }
  }

  #renderTemperature() {
    const now = this.temperature();
    say(this.value, now ? degrees(now.value) : "–");
    this.value.classList.toggle("old", !now || now.old);
    const heard = now?.ageMs == null ? "nobody knows how old this is" : `last heard ${this.#page.time.ago(now.ageMs)}`;
    say(this.age, !now ? "no temperature was heard" : now.old ? `not now: ${heard}` : `measured by ${now.name}`);
    this.age.classList.toggle("warn", !now || now.old);
  }

  #renderAirco() {
    const action = this.airco("action");
    show(this.doing, action !== null);
    show(this.why, action !== null);
    show(this.controls, this.plan.airco !== null);
    this.#renderControl();
    if (!action) return;
    this.doing.dataset.action = action.old ? "old" : action.value;
    say(this.doing.lastElementChild, action.old ? `${ACTION_WORDS[action.value]}, when last heard` : ACTION_WORDS[action.value]);
    const reason = this.airco("reason");
    say(this.why, reason && !reason.old ? reasonWords(reason.value, this.#setTo("mode"), this.#setTo("preset")) + this.#left(reason) : "");
  }

  #setTo(what) {
    const said = this.airco(what);
    return said && !said.old ? said.value : null;
  }

  /** How long a reason will hold; it counts from when it was first said, which nobody knows of one in store. */
  #left({ value, ageMs }) {
    if (value.forS === null || ageMs === null) return "";
    const left = Math.ceil(value.forS - (ageMs / 1000) * this.#page.time.speed);
    return left > 0 ? ` ${countdown(left)} more${value.doing === "idle" ? "" : " at most"}.` : "";
  }

  #renderControl() {
    const target = this.airco("target");
    const mode = this.airco("mode");
    const preset = this.airco("preset");
    const can = this.#page.house.connected && target !== null && !target.old;
    if (target && this.#wanted === null && document.activeElement !== this.input) {
      const words = target.value.toFixed(1);
      if (this.input.value !== words) this.input.value = words;
    }
    for (const element of this.controls.querySelectorAll("button")) enable(element, can);
    this.input.readOnly = !can;
    for (const [said, group] of [[mode, ".modes"], [preset, ".presets"]]) {
      const box = this.element.querySelector(group);
      show(box, said !== null);
      for (const button of box.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(said?.value === button.dataset.value));
      }
    }
  }

  #buildControls(id) {
    const label = this.element.querySelector(".target label");
    this.input.id = `${id}-target`;
    label.htmlFor = this.input.id;
    say(label, "Set point, °C");
    this.element.querySelector(".target").setAttribute("aria-label", `Set point of ${this.plan.name}`);
    this.element.querySelector(".less").setAttribute("aria-label", "Half a degree colder");
    this.element.querySelector(".more").setAttribute("aria-label", "Half a degree warmer");
    this.element.querySelector(".less").addEventListener("click", (e) => this.#step(e.currentTarget, -0.5));
    this.element.querySelector(".more").addEventListener("click", (e) => this.#step(e.currentTarget, 0.5));
    this.input.addEventListener("change", () => this.#type());
    this.input.addEventListener("keydown", (e) => {
      if (e.key === "Enter") this.#type();
    });
    this.#choices(".modes", MODES, MODE_WORDS, "mode/set", "Mode", "Mode");
    this.#choices(".presets", PRESETS, PRESET_WORDS, "preset/set", "Set for when you are", "Set for");
  }

  #choices(group, values, words, command, name, asked) {
    const box = this.element.querySelector(group);
    box.setAttribute("aria-label", `${name}: ${this.plan.name}`);
    for (const value of values) {
      const button = make("button", "", words[value]);
      button.type = "button";
      button.dataset.value = value;
      button.addEventListener("click", () => isOn(button) && this.#ask(command, value, `${asked} ${words[value].toLowerCase()}`));
      box.lastElementChild.append(button);
    }
  }

  #step(button, by) {
    if (!isOn(button)) return;
    const from = this.#wanted ?? this.airco("target")?.value;
    if (from == null) return;
    this.#want(Math.min(30, Math.max(5, Math.round((from + by) * 2) / 2)), TYPING_MS);
  }

  #type() {
    const value = this.input.valueAsNumber;
    if (this.input.readOnly || this.#wanted !== null || value === this.airco("target")?.value) return;
    if (Number.isFinite(value)) this.#want(value, 0); // What is out of bounds the airco itself refuses, and says why.
  }

  /** Asks once the fingers rest. */
  #want(value, waitMs) {
    this.#wanted = value;
    this.input.value = value.toFixed(1);
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#ask("target/set", value, `Set point ${degrees(value)}`), waitMs);
  }

  #ask(command, value, words) {
    this.#page.asking.ask({
      prefix: this.#page.house.prefix,
      node: this.plan.airco,
      command,
      value,
      told: (answer) => {
        if (command === "target/set" && answer.state !== "asked" && answer.state !== "taken") this.#wanted = null;
        answerWords(this.#page, this.answer, words, answer, { whose: this.plan.name });
      },
    });
  }

  /** The chart follows what the airco does and is set to, while that is known. */
  #follow() {
    const { time, clock } = this.#page;
    const at = time.at(clock());
    const action = this.airco("action");
    const target = this.airco("target");
    this.#curve.doing(action && !action.old ? action.value : null, at);
    this.#curve.target(target && !target.old ? target.value : null, at);
  }

  #chartWords() {
    const now = this.temperature();
    const all = this.plan.thermometers.flatMap((name) => this.#curve.samples.get(name)?.celsius ?? []);
    if (all.length === 0) return `Temperature of ${this.plan.name}: nothing was heard yet`;
    let least = all[0];
    let most = all[0];
    for (const one of all) {
      least = Math.min(least, one);
      most = Math.max(most, one);
    }
    const last = now && !now.old ? `now ${degrees(now.value)}` : "now unknown";
    return `Temperature of ${this.plan.name}: from ${degrees(least)} to ${degrees(most)}, ${last}`;
  }
}
return { Room };
})();

// js/settings.mjs
const settings$ = (() => {
// house.json, beside the page: where the broker is, and what belongs together. Only the owner of the page writes it; a link
// to the page cannot make it ask for a password for somebody else's broker.

const NAME = /^[a-z0-9-]{1,32}$/;

/** @returns {{prefix: string, broker: string, rooms: {name: string, thermometers: string[], airco: ?string}[]}} */
async function readSettings(get = () => fetch("house.json", { cache: "no-cache" })) {
  let told = {};
  try {
    const answer = await get();
    if (answer.ok) told = await answer.json();
  } catch {
    told = {}; // A page without it is a page with its defaults.
  }
  const rooms = Array.isArray(told?.rooms) ? told.rooms : [];
  return {
    prefix: NAME.test(told?.prefix) ? told.prefix : "home",
    broker: typeof told?.broker === "string" && /^wss?:\/\//.test(told.broker) ? told.broker : "",
    rooms: rooms
      .filter((room) => typeof room?.name === "string" && Array.isArray(room.thermometers))
      .map((room) => ({
        name: room.name.slice(0, 64),
        thermometers: room.thermometers.filter((name) => NAME.test(name)),
        airco: NAME.test(room.airco) ? room.airco : null,
      }))
      .filter((room) => room.airco !== null || room.thermometers.length > 0),
  };
}

/** The broker's, by default where the page came from: a Mosquitto that serves it, or the demo. */
function brokerAddress({ broker }, here = location) {
  return broker || `${here.protocol === "https:" ? "wss" : "ws"}://${here.host}/mqtt`;
}
return { readSettings, brokerAddress };
})();

// js/lead.mjs
const lead$ = (() => {
// The house in a sentence or two.

const { $, make } = dom$;
const { degrees } = words$;

const COFFEE = {
  waiting: "The coffee waits for the right moment.",
  brewing: "Coffee is brewing.",
  "keeping-warm": "There is fresh coffee.",
  done: "There is coffee.",
};

/** Writes it anew if it differs. What is old is not in it. */
function lead(page) {
  const parts = [];
  if (page.house.nodes.size === 0) {
    parts.push(page.house.connected ? "Nobody has said anything yet." : "Listening for the house.");
  } else if (!page.house.connected) {
    parts.push("This page hears nothing now. Below is how the house was.");
  } else {
    if (page.rooms.length === 1) parts.push(...ofRoom(page.rooms[0]));
    else page.rooms.forEach((room, i) => parts.push(...inShort(room, i === page.rooms.length - 1)));
    for (const car of page.cars) parts.push(...ofCar(car, page));
    for (const coffee of page.coffees) {
      const phase = page.house.now(page.house.nodes.get(coffee.name), "phase");
      if (phase !== null && Object.hasOwn(COFFEE, phase)) parts.push(` ${COFFEE[phase]}`);
    }
  }
  const key = parts.map((part) => (typeof part === "string" ? part : part.join("|"))).join("");
  const element = $("lead");
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.replaceChildren(...parts.map((part) => (typeof part === "string" ? part : make("em", part[1], part[0]))));
}

/** One of several: its name and how warm it is. */
function inShort(room, last) {
  const now = room.temperature();
  const doing = room.airco("action");
  const end = last ? ". " : ", ";
  if (!now || now.old) return [`${room.plan.name} unknown${end}`];
  const inked = doing && !doing.old && ["heating", "cooling"].includes(doing.value) ? doing.value : "";
  return [`${room.plan.name} `, [degrees(now.value), inked], end];
}

function ofRoom(room) {
  const now = room.temperature();
  if (!now || now.old) return ["How warm it is nobody can say. "];
  const action = room.airco("action");
  const target = room.airco("target");
  const warm = ["It is ", [degrees(now.value), ""]];
  if (!action || action.old || !target || target.old) return [...warm, ". "];
  const goal = degrees(target.value).replace(/\.0 °C| °C/, "");
  if (action.value === "heating") return [...warm, ", and ", ["heating", "heating"], ` to ${goal}. `];
  if (action.value === "cooling") return [...warm, ", and ", ["cooling", "cooling"], ` to ${goal}. `];
  return [...warm, action.value === "off" ? ", and the airco is off. " : ". "];
}

function ofCar(car, page) {
  const node = page.house.nodes.get(car.name);
  const presence = page.house.now(node, "presence");
  const km = page.house.now(node, "distance");
  if (presence === null) return [];
  const minutes = car.minutes();
  if (presence === "home") return ["The car is home."];
  if (minutes !== null) return ["The car is coming, ", [minutes === 0 ? "any moment" : `home in ${minutes} min`, ""], "."];
  return km === null ? ["The car is away."] : ["The car is ", [`${km} km`, ""], " away."];
}
return { lead };
})();

// js/keep.mjs
const keep$ = (() => {
// What this browser keeps of a room's past. A browser that keeps nothing shows what it hears.

const KEY = "hearth.curve ";

function keep(name, curve) {
  try {
    for (let i = localStorage.length - 1; i >= 0; i--) {
      const other = localStorage.key(i);
      if (other.startsWith(KEY) && other.includes(" demo-") && name.includes(" demo-") && !other.includes(name.split(" ")[1])) {
        localStorage.removeItem(other); // Of a demo that is over.
      }
    }
    localStorage.setItem(KEY + name, JSON.stringify(curve));
  } catch {
    return; // Full, or not allowed.
  }
}

function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(KEY + name));
  } catch {
    return null;
  }
}
return { keep, kept };
})();

// js/news.mjs
const news$ = (() => {
// What of all that is said is news, in words.

const { duration } = clock$;
const { FAULTS, PHASE_WORDS, degrees, title } = words$;

/**
 * The line for the log that a change is worth; null for none. What was in store at first is how things are, no news. Who
 * comes and goes is told by absences.mjs.
 */
function news({ node, what, value, before, malformed }, roomTemperature) {
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
return { news };
})();

// js/plans.mjs
const plans$ = (() => {
// What belongs together. Topics do not say which thermometer an airco follows, so: as house.json has it; else, with one
// airco, every thermometer is in its room; with several, each node is a room of its own. What was never understood does not
// count: nobody puts a card onto the page by talking nonsense.

const { title } = words$;

const AIRCO = ["action", "target", "mode", "reason"];

/** @returns {{rooms: {name: string, thermometers: string[], airco: ?string}[], coffees: string[], cars: string[]}} */
function plans(house, settings) {
  const has = (what) => [...house.nodes.values()].filter((node) => what.some((one) => node.spoken.has(one))).map((node) => node.name);
  const thermometers = has(["temperature"]);
  const aircos = has(AIRCO);
  const rooms = settings.rooms.filter((room) => house.nodes.has(room.airco) || room.thermometers.some((name) => house.nodes.has(name)));
  const placed = new Set(rooms.flatMap((room) => [room.airco, ...room.thermometers]));
  const loose = (names) => names.filter((name) => !placed.has(name));
  if (rooms.length === 0 && aircos.length === 1) {
    const sensors = thermometers.filter((name) => name !== aircos[0]);
    const own = thermometers.filter((name) => name === aircos[0]);
    const name = sensors.length === 0 ? title(aircos[0]) : "The room";
    rooms.push({ name, thermometers: [...sensors, ...own], airco: aircos[0] });
  } else {
    for (const airco of loose(aircos)) {
      rooms.push({ name: title(airco), thermometers: thermometers.filter((name) => name === airco), airco });
    }
    for (const sensor of loose(thermometers).filter((name) => !aircos.includes(name))) {
      rooms.push({ name: title(sensor), thermometers: [sensor], airco: null });
    }
  }
  return { rooms, coffees: has(["phase"]), cars: has(["presence", "distance", "approach"]) };
}
return { plans };
})();

// js/main.mjs
const main$ = await (async () => {
// The page: what is connected to what. Begin reading here.

const { Absences } = absences$;
const { Asking } = asking$;
const { Car } = car$;
const { Coffee } = coffee$;
const { Demo } = demo$;
const { Devices } = devices$;
const { House } = house$;
const { HouseTime, steadyClock } = clock$;
const { Link } = link$;
const { Log } = log$;
const { Login } = login$;
const { Room } = room$;
const { $, announce, say, show } = dom$;
const { brokerAddress, readSettings } = settings$;
const { lead } = lead$;
const { keep, kept } = keep$;
const { news } = news$;
const { plans } = plans$;

const RENDERED_EVERY_MS = 250;
const KEPT_EVERY_MS = 10_000;

class Page {
  rooms = [];
  coffees = [];
  cars = [];
  #plan = "";
  #again = null;
  #dirty = true;
  #run = "";

  constructor(settings) {
    this.settings = settings;
    this.clock = steadyClock();
    this.time = new HouseTime(this.clock);
    this.house = new House(settings.prefix, this.clock);
    this.log = new Log(this.time, this.clock);
    this.absences = new Absences(this.log, this.clock);
    this.login = new Login((credentials) => this.link.connect(credentials));
    this.link = new Link(brokerAddress(settings), [`${settings.prefix}/+/+`, "demo/house", "demo/result"], this.login.kept(), (event, what) => this.#on(event, what));
    this.asking = new Asking(this.link);
    this.demo = new Demo(this);
    this.devices = new Devices(this);
  }

  start() {
    this.link.connect();
    setInterval(() => this.#render(), RENDERED_EVERY_MS);
    setInterval(() => this.#keep(), KEPT_EVERY_MS);
    addEventListener("pagehide", () => this.#keep());
    document.addEventListener("visibilitychange", () => this.#render());
  }

  /** The house is a simulated one, whose time has nothing to do with ours: what was kept of another is of no use. */
  simulated(run) {
    this.#run = `demo-${run}`;
    document.documentElement.dataset.demo = "";
    this.#build(true);
  }

  #on(event, what) {
    switch (event) {
      case "up":
        this.house.connection(true);
        this.login.accepted();
        if (this.#again !== null) this.log.add("The broker is back", "good");
        this.absences.back();
        this.#again = null;
        break;
      case "down":
        if (this.house.connected) this.log.add(`This page hears nothing: ${what.why}`, "bad");
        else if (this.#again === null) announce(`No connection: ${what.why}`);
        this.house.connection(false);
        this.absences.lost();
        this.asking.lost();
        this.#again = { why: what.why, at: this.clock() + what.againMs };
        break;
      case "refused":
        this.house.connection(false);
        this.absences.lost();
        this.asking.lost();
        this.login.ask(what.known);
        break;
      case "denied":
        this.log.add("The broker does not let this account listen", "bad");
        break;
      case "message":
        this.#hear(what);
        break;
    }
    this.#dirty = true;
    if (event !== "message") this.#render();
  }

  #hear(message) {
    if (this.demo.hear(message)) return;
    const change = this.house.hear(message);
    if (change === null) return;
    if (change.what === "result") this.asking.answered(change.node.name, change.value);
    this.#build();
    const room = this.rooms.find((one) => one.nodes.includes(change.node.name));
    room?.heard(change);
    const temperature = room?.temperature();
    this.#comesOrGoes(change);
    const line = news(change, temperature && !temperature.old ? temperature.value : null);
    if (line) this.log.add(...line);
  }

  #comesOrGoes({ node, what, value, before }) {
    if (what !== "status" || value === null || before === undefined || before.value === value) return;
    if (value === "online") this.absences.came(node.name);
    else this.absences.left(node.name);
  }

  /** Who is there is learned as they speak, so what is shown of them is built as they come. */
  #build(anew = false) {
    const plan = plans(this.house, this.settings);
    const key = JSON.stringify(plan);
    if (key === this.#plan && !anew) return;
    this.#plan = key;
    const before = anew ? [] : this.rooms;
    this.rooms = plan.rooms.map((one) => before.find((room) => JSON.stringify(room.plan) === JSON.stringify(one)) ?? this.#room(one));
    this.coffees = plan.coffees.map((name) => this.coffees.find((one) => one.name === name) ?? new Coffee(this, name));
    this.cars = plan.cars.map((name) => this.cars.find((one) => one.name === name) ?? new Car(this, name));
    arrange($("rooms"), this.rooms);
    arrange($("others"), [...this.cars, ...this.coffees]);
  }

  #room(plan) {
    const room = new Room(this, plan);
    const earlier = kept(this.#key(plan));
    if (earlier !== null) room.remember(earlier);
    return room;
  }

  #key(plan) {
    return `${this.settings.prefix} ${this.#run} ${plan.airco ?? plan.thermometers[0]}`;
  }

  #keep() {
    for (const room of this.rooms) keep(this.#key(room.plan), room.kept());
  }

  #render() {
    if (document.hidden && !this.#dirty) return;
    this.#dirty = false;
    this.#renderLink();
    const now = this.time.at(this.clock());
    const options = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    say($("time"), this.time.words(now, options) + (this.time.simulated ? ` · simulated, ${this.time.speed} times real time` : ""));
    for (const one of [...this.rooms, ...this.coffees, ...this.cars, this.demo, this.devices, this.absences]) one.render();
    lead(this);
  }

  #renderLink() {
    const { connected, lostAt } = this.house;
    const asked = this.login.isOpen;
    document.documentElement.classList.toggle("is-offline", !connected);
    $("link").dataset.state = connected ? "up" : this.#again || lostAt !== null ? "down" : "connecting";
    say($("link-words"), connected ? "Connected" : asked ? "Not let in" : this.#again ? "Offline" : "Connecting");
    show($("house"), !asked || this.house.nodes.size > 0);
    show($("offline"), !connected && this.#again !== null && !asked);
    if (this.#again === null) return;
    say($("offline-why"), `Offline: ${this.#again.why}.`);
    say($("offline-age"), lostAt === null ? "Nothing was heard yet." : `All below is as it was ${this.time.ago(this.clock() - lostAt)}.`);
    const s = Math.ceil((this.#again.at - this.clock()) / 1000);
    say($("offline-again"), `The devices carry on by themselves. The broker is tried again ${s > 0 ? `in ${s} s` : "now"}.`);
  }
}

function arrange(where, cards) {
  const elements = cards.map((card) => card.element);
  if (elements.length !== where.childElementCount || elements.some((one, i) => one !== where.children[i])) {
    where.replaceChildren(...elements);
  }
}

new Page(await readSettings()).start();
})();
})();
