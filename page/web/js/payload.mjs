// The one way in: everything from the bus is read here, strictly, or refused. As hearth.common.mqtt.Decoder does.

const LARGEST = 4096;
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const PLAIN_NUMBER = /^-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const TOKEN = /[ \t\n\r]*(?:([{}:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,9})?)|(true|false|null))/y;

/** What is not exactly what was expected. */
export class Malformed extends Error {}

/** At most 4 KiB of valid UTF-8. */
export function text(bytes) {
  if (bytes.length > LARGEST) throw new Malformed(`${bytes.length} bytes: expected at most ${LARGEST}`);
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Malformed("not UTF-8 text");
  }
}

/** A plain decimal number: no exponent, no NaN, no blanks. */
export function number(bytes, least, most) {
  const plain = text(bytes);
  if (!PLAIN_NUMBER.test(plain)) throw new Malformed("not a plain number");
  return within(Number(plain), least, most);
}

export function oneOf(bytes, words) {
  const word = text(bytes);
  if (!words.includes(word)) throw new Malformed(`expected one of ${words.join(", ")}`);
  return word;
}

/** A stable code: lower case, digits, hyphens. */
export function code(bytes) {
  const word = text(bytes);
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(word)) throw new Malformed("expected a code such as sensor-short");
  return word;
}

/** One flat JSON object (RFC 8259), each name once, nothing behind it. Fields nobody asks for are passed over. */
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
