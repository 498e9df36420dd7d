import assert from "node:assert/strict";
import { test } from "node:test";
import { Malformed, code, fields, number, oneOf, text } from "../../web/js/payload.mjs";

const bytes = (words) => new TextEncoder().encode(words);
const refuses = (read, ...all) => {
  for (const one of all) assert.throws(() => read(typeof one === "string" ? bytes(one) : one), Malformed, String(one));
};

test("a number is a plain one, and within its bounds", () => {
  const read = (payload) => number(payload, -273, 1000);
  assert.equal(read(bytes("19.44")), 19.44);
  assert.equal(read(bytes("-0.06")), -0.06);
  refuses(read, "", " 19", "19 ", "+1", "021", ".5", "5.", "1e3", "1e999", "NaN", "Infinity", "0x10", "null", "{}", "1,5", "-274", "1001", "９", "1\n");
});

test("text is at most 4 KiB of valid UTF-8", () => {
  assert.equal(text(bytes("ü")), "ü");
  assert.equal(text(new Uint8Array(4096).fill(97)).length, 4096);
  refuses(text, new Uint8Array(4097).fill(97), Uint8Array.of(0xff), Uint8Array.of(0xc0, 0x80), Uint8Array.of(0xed, 0xa0, 0x80), Uint8Array.of(0xc3));
});

test("a word is one of those it may be", () => {
  assert.equal(oneOf(bytes("heat"), ["heat", "cool"]), "heat");
  refuses((payload) => oneOf(payload, ["heat", "cool"]), "Heat", "heat ", "", "toString", "dry");
});

test("a code is lower case with hyphens, so nothing else gets onto the page as one", () => {
  assert.equal(code(bytes("sensor-short")), "sensor-short");
  refuses(code, "", "Sensor", "<b>", "a b", "-a", "a".repeat(65));
});

test("an object is flat, strict JSON, each name once, with nothing behind it", () => {
  const said = fields(bytes(' { "a" : "x\\u00e9" , "n" : -1.5 , "t" : true , "none" : null } '));
  assert.equal(said.text("a"), "xé");
  assert.equal(said.number("n", -2, 2), -1.5);
  assert.equal(said.flag("t"), true);
  assert.equal(said.has("none"), false);
  assert.equal(said.has("b"), false);
  refuses(
    fields,
    "", "{", "}", "[]", "null", "{}x", '{"a":1}}', '{"a":1,}', '{,"a":1}', '{"a"}', '{"a":}', '{"a":1 "b":2}',
    '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"a":{}}', '{"a":[1]}', "{'a':1}", '{a:1}', '{"a":01}', '{"a":+1}', '{"a":1e9}',
    '{"a":NaN}', '{"a":.5}', '{"a":1.}', '{"a":"\n"}', '{"a":"\\x"}', '{"a":tru}', '{"a":1}/**/', '\ufeff{"a":1}',
  );
});

test("a field is of its kind and within its bounds", () => {
  const said = fields(bytes('{"n":1.5,"i":3,"s":"a\\u0007","w":"x","__proto__":"p"}'));
  assert.throws(() => said.whole("n"), Malformed);
  assert.throws(() => said.whole("i", 2), Malformed);
  assert.throws(() => said.number("w", 0, 9), Malformed);
  assert.throws(() => said.text("s"), Malformed, "a control character");
  assert.throws(() => said.text("i"), Malformed);
  assert.throws(() => said.oneOf("w", ["y"]), Malformed);
  assert.throws(() => said.text("constructor"), Malformed);
  assert.equal(said.text("__proto__"), "p");
  assert.equal({}.p, undefined);
});

test("a hundred thousand random payloads are understood or refused, and nothing else", () => {
  let seed = 20261123;
  const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
  const letters = '{}[]:,"\\u0019aeE+-. truefalsn\u00ff<';
  for (let i = 0; i < 100_000; i++) {
    const length = random(24);
    const some = Uint8Array.from({ length }, () => (random(8) ? letters.charCodeAt(random(letters.length)) : random(256)));
    if (random(2) && length > 0) some[0] = 123;
    try {
      fields(some);
    } catch (e) {
      assert.ok(e instanceof Malformed, `seed 20261123, case ${i}: ${some}: ${e}`);
    }
  }
});
