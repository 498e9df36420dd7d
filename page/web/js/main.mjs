// Start reading here: creates all parts of the page and connects them.

import { BrokerConnection } from "./connection.mjs";
import { Car } from "./car.mjs";
import { Coffee } from "./coffee.mjs";
import { Commands } from "./commands.mjs";
import { Demo } from "./demo.mjs";
import { Devices } from "./devices.mjs";
import { DisplayTime, steadyClock } from "./clock.mjs";
import { Log } from "./log.mjs";
import { Login } from "./login.mjs";
import { Nodes } from "./nodes.mjs";
import { OfflineLog } from "./offline.mjs";
import { Room } from "./room.mjs";
import { $, announce, setText, setVisible } from "./dom.mjs";
import { brokerAddress, readSettings } from "./settings.mjs";
import { eventLine } from "./events.mjs";
import { layoutOf } from "./layout.mjs";
import { loadHistory, saveHistory } from "./storage.mjs";
import { showSummary } from "./summary.mjs";

const RENDERED_EVERY_MS = 250;
const SAVED_EVERY_MS = 10_000;

class Page {
  rooms = [];
  coffees = [];
  cars = [];
  #layout = "";
  #retry = null;
  #changed = true;
  #run = "";

  constructor(settings) {
    this.settings = settings;
    this.clock = steadyClock();
    this.time = new DisplayTime(this.clock);
    this.nodes = new Nodes(settings.prefix, this.clock);
    this.log = new Log(this.time, this.clock);
    this.offlineLog = new OfflineLog(this.log, this.clock);
    this.login = new Login((credentials) => this.connection.connect(credentials));
    const filters = [`${settings.prefix}/+/+`, "demo/house", "demo/result"];
    this.connection = new BrokerConnection(brokerAddress(settings), filters, this.login.stored(), (event, data) => this.#on(event, data));
    this.commands = new Commands(this.connection);
    this.demo = new Demo(this);
    this.devices = new Devices(this);
  }

  start() {
    this.connection.connect();
    setInterval(() => this.#render(), RENDERED_EVERY_MS);
    setInterval(() => this.#save(), SAVED_EVERY_MS);
    addEventListener("pagehide", () => this.#save());
    document.addEventListener("visibilitychange", () => this.#render());
  }

  /** The simulator is connected. The stored history of another simulation or of real rooms does not apply. */
  simulated(run) {
    this.#run = `demo-${run}`;
    document.documentElement.dataset.demo = "";
    this.#arrange(true);
  }

  #on(event, data) {
    switch (event) {
      case "connected":
        this.nodes.setConnected(true);
        this.login.accepted();
        if (this.#retry !== null) this.log.add("Connected to the broker again", "good");
        this.offlineLog.connectionRestored();
        this.#retry = null;
        break;
      case "lost":
        if (this.nodes.connected) this.log.add(`The connection was lost: ${data.reason}`, "bad");
        else if (this.#retry === null) announce(`No connection: ${data.reason}`);
        this.#disconnected();
        this.#retry = { reason: data.reason, at: this.clock() + data.retryMs };
        break;
      case "refused":
        this.#disconnected();
        this.login.open(data.named);
        break;
      case "denied":
        this.log.add("The broker does not allow this account to subscribe", "bad");
        break;
      case "message":
        this.#receive(data);
        break;
    }
    this.#changed = true;
    if (event !== "message") this.#render();
  }

  #disconnected() {
    this.nodes.setConnected(false);
    this.offlineLog.connectionLost();
    this.commands.connectionLost();
  }

  #receive(message) {
    if (this.demo.receive(message)) return;
    const change = this.nodes.receive(message);
    if (change === null) return;
    if (change.topic === "result") this.commands.resultReceived(change.node.name, change.value);
    this.#arrange();
    const room = this.rooms.find((one) => one.nodeNames.includes(change.node.name));
    room?.update(change);
    const temperature = room?.temperature();
    this.#logStatus(change);
    const line = eventLine(change, temperature && !temperature.old ? temperature.value : null);
    if (line) this.log.add(...line);
  }

  #logStatus({ node, topic, value, before }) {
    if (topic !== "status" || value === null || before === undefined || before.value === value) return;
    if (value === "online") this.offlineLog.cameOnline(node.name);
    else this.offlineLog.wentOffline(node.name);
  }

  /** Adds and removes cards as nodes appear and disappear. @param all true to create every room again */
  #arrange(all = false) {
    const layout = layoutOf(this.nodes, this.settings);
    const key = JSON.stringify(layout);
    if (key === this.#layout && !all) return;
    this.#layout = key;
    const before = all ? [] : this.rooms;
    this.rooms = layout.rooms.map((one) => before.find((room) => JSON.stringify(room.layout) === JSON.stringify(one)) ?? this.#newRoom(one));
    this.coffees = layout.coffees.map((name) => this.coffees.find((one) => one.name === name) ?? new Coffee(this, name));
    this.cars = layout.cars.map((name) => this.cars.find((one) => one.name === name) ?? new Car(this, name));
    showCards($("rooms"), this.rooms);
    showCards($("cars-and-coffees"), [...this.cars, ...this.coffees]);
  }

  #newRoom(layout) {
    const room = new Room(this, layout);
    const stored = loadHistory(this.#storageName(layout));
    if (stored !== null) room.restore(stored);
    return room;
  }

  #storageName(layout) {
    return `${this.settings.prefix} ${this.#run} ${layout.airco ?? layout.thermometers[0]}`;
  }

  #save() {
    for (const room of this.rooms) saveHistory(this.#storageName(room.layout), room.toStored());
  }

  #render() {
    if (document.hidden && !this.#changed) return;
    this.#changed = false;
    this.#renderConnection();
    const now = this.time.at(this.clock());
    const options = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    setText($("time"), this.time.format(now, options) + (this.time.simulated ? ` · simulated, ${this.time.speed} times real time` : ""));
    for (const part of [...this.rooms, ...this.coffees, ...this.cars, this.demo, this.devices, this.offlineLog]) part.render();
    showSummary(this);
  }

  #renderConnection() {
    const { connected, lostAt } = this.nodes;
    const loginOpen = this.login.isOpen;
    document.documentElement.classList.toggle("is-offline", !connected);
    $("connection").dataset.state = connected ? "connected" : this.#retry || lostAt !== null ? "lost" : "connecting";
    setText($("connection-words"), connected ? "Connected" : loginOpen ? "Not signed in" : this.#retry ? "Offline" : "Connecting");
    setVisible($("content"), !loginOpen || this.nodes.byName.size > 0);
    setVisible($("offline"), !connected && this.#retry !== null && !loginOpen);
    if (this.#retry === null) return;
    setText($("offline-reason"), `Offline: ${this.#retry.reason}.`);
    setText($("offline-age"), lostAt === null ? "No data was received yet." : `The connection was lost ${this.time.ago(this.clock() - lostAt)}. Below is the last known state.`);
    const s = Math.ceil((this.#retry.at - this.clock()) / 1000);
    setText($("offline-retry"), `The devices continue to work. This page connects again ${s > 0 ? `in ${s} s` : "now"}.`);
  }
}

function showCards(container, cards) {
  const elements = cards.map((card) => card.element);
  if (elements.length !== container.childElementCount || elements.some((one, i) => one !== container.children[i])) {
    container.replaceChildren(...elements);
  }
}

new Page(await readSettings()).start();
