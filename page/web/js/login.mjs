// Name and password, asked for when the broker wants them, and kept in this tab until it is closed.

import { $, show, announce, say } from "./dom.mjs";

const KEY = "hearth.account";
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

export class Login {
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
