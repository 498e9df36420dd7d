// The page: what is connected to what. Begin reading here.

import { Absences } from "./absences.mjs";
import { Asking } from "./asking.mjs";
import { Car } from "./car.mjs";
import { Coffee } from "./coffee.mjs";
import { Demo } from "./demo.mjs";
import { Devices } from "./devices.mjs";
import { House } from "./house.mjs";
import { HouseTime, steadyClock } from "./clock.mjs";
import { Link } from "./link.mjs";
import { Log } from "./log.mjs";
import { Login } from "./login.mjs";
import { Room } from "./room.mjs";
import { $, announce, say, show } from "./dom.mjs";
import { brokerAddress, readSettings } from "./settings.mjs";
import { lead } from "./lead.mjs";
import { keep, kept } from "./keep.mjs";
import { news } from "./news.mjs";
import { plans } from "./plans.mjs";

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
