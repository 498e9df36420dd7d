// Reads every payload from the broker, strictly, and rejects anything else, as hearth.common.mqtt.Decoder does.

const MAX_BYTES = 4096;
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const PLAIN_NUMBER = /^-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const TOKEN = /[ \t\n\r]*(?:([{}:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,9})?)|(true|false|null))/y;

/** A payload is not exactly of the expected form. */
export class Malformed extends Error {}

/** At most 4 KiB of valid UTF-8. */
export function text(bytes) {
  if (bytes.length > MAX_BYTES) throw new Malformed(`${bytes.length} bytes: expected at most ${MAX_BYTES}`);
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Malformed("not UTF-8 text");
  }
}

/** A plain decimal number: no exponent, no NaN, no white space. */
export function number(bytes, min, max) {
  const plain = text(bytes);
  if (!PLAIN_NUMBER.test(plain)) throw new Malformed("not a plain number");
  return within(Number(plain), min, max);
}

export function oneOf(bytes, words) {
  const word = text(bytes);
  if (!words.includes(word)) throw new Malformed(`expected one of ${words.join(", ")}`);
  return word;
}

/** A code: lower case letters, digits, hyphens. */
export function code(bytes) {
  const word = text(bytes);
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(word)) throw new Malformed("expected a code such as sensor-short");
  return word;
}

/** One flat JSON object (RFC 8259) with unique names and nothing after it. Fields that are not read are ignored. */
export function fields(bytes) {
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
    if (found.has(name)) throw new Malformed("duplicate name");
    expect(":");
    const value = next();
    if (value[1] !== undefined) throw new Malformed("not a flat JSON object");
    found.set(name, JSON.parse(value[0]));
    const after = next();
    if (after[1] !== "," && after[1] !== "}") throw new Malformed("not a flat JSON object: expected , or }");
    token = after[1] === "," ? next() : after;
    if (after[1] === "," && token[1] === "}") throw new Malformed("trailing comma");
  }
  if (/[^ \t\n\r]/.test(source.slice(TOKEN.lastIndex))) throw new Malformed("text after the object");
  return {
    has: (name) => found.has(name) && found.get(name) !== null,
    text: (name, max = 256) => {
      const value = found.get(name);
      if (typeof value !== "string" || value.length > max || CONTROL.test(value)) throw new Malformed(`${name}: expected text`);
      return value;
    },
    number: (name, min, max) => {
      const value = found.get(name);
      if (typeof value !== "number") throw new Malformed(`${name}: expected a number`);
      return within(value, min, max);
    },
    whole: (name, max = Number.MAX_SAFE_INTEGER) => {
      const value = found.get(name);
      if (!Number.isInteger(value)) throw new Malformed(`${name}: expected a whole number`);
      return within(value, 0, max);
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

function within(value, min, max) {
  if (!Number.isFinite(value) || value < min || value > max) throw new Malformed(`expected from ${min} to ${max}`);
  return value;
}
