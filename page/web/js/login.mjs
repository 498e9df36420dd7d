// The sign-in form. It opens when the broker requires a user name, and the browser tab stores the password until it is closed.

import { $, announce, setText, setVisible } from "./dom.mjs";

const KEY = "hearth.account";
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

export class Login {
  #connect;
  #entered = null;

  constructor(connect) {
    this.#connect = connect;
    setVisible($("login-unencrypted"), location.protocol === "http:" && !LOOPBACK.includes(location.hostname));
    $("login-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#entered = { username: $("username").value, password: $("password").value };
      $("password").value = "";
      this.#connect(this.#entered);
    });
    $("forget").addEventListener("click", () => {
      store(null);
      location.reload();
    });
    setVisible($("forget"), this.stored() !== null);
  }

  get isOpen() {
    return !$("login").hidden;
  }

  /** The stored user name and password, or null. */
  stored() {
    try {
      const { username, password } = JSON.parse(sessionStorage.getItem(KEY));
      return typeof username === "string" && typeof password === "string" ? { username, password } : null;
    } catch {
      return null;
    }
  }

  /** Opens the form. @param named true if the broker rejected a user name and password */
  open(named) {
    this.#entered = null;
    store(null);
    setVisible($("forget"), false);
    const wasOpen = this.isOpen;
    setVisible($("login"), true);
    if (named) setText($("login-message"), "The broker rejected this user name and password. Check the spelling.");
    announce(named ? "The broker rejected this user name and password" : "The broker requires a user name and a password");
    if (!wasOpen) $("username").focus();
    else $("password").focus();
  }

  /** The broker accepted the connection: closes the form and stores what was entered. */
  accepted() {
    if (this.#entered !== null) {
      store(this.#entered);
      this.#entered = null;
    }
    setVisible($("login"), false);
    setVisible($("forget"), this.stored() !== null);
  }
}

function store(credentials) {
  try {
    if (credentials === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(credentials));
  } catch {
    return; // Without storage the form opens again after a reload.
  }
}
