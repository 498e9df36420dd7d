import assert from "node:assert/strict";
import { test } from "node:test";
import { Malformed, code, fields, number, oneOf, text } from "../../web/js/payload.mjs";

const bytes = (words) => new TextEncoder().encode(words);
const rejects = (read, ...all) => {
  for (const one of all) assert.throws(() => read(typeof one === "string" ? bytes(one) : one), Malformed, String(one));
};

test("a number is a plain number within its bounds", () => {
  const read = (payload) => number(payload, -273, 1000);
  assert.equal(read(bytes("19.44")), 19.44);
  assert.equal(read(bytes("-0.06")), -0.06);
  rejects(read, "", " 19", "19 ", "+1", "021", ".5", "5.", "1e3", "1e999", "NaN", "Infinity", "0x10", "null", "{}", "1,5", "-274", "1001", "９", "1\n");
});

test("text is at most 4 KiB of valid UTF-8", () => {
  assert.equal(text(bytes("ü")), "ü");
  assert.equal(text(new Uint8Array(4096).fill(97)).length, 4096);
  rejects(text, new Uint8Array(4097).fill(97), Uint8Array.of(0xff), Uint8Array.of(0xc0, 0x80), Uint8Array.of(0xed, 0xa0, 0x80), Uint8Array.of(0xc3));
});

test("a word is one of the allowed words", () => {
  assert.equal(oneOf(bytes("heat"), ["heat", "cool"]), "heat");
  rejects((payload) => oneOf(payload, ["heat", "cool"]), "Heat", "heat ", "", "toString", "dry");
});

test("a code is lower case with hyphens, so no other text can be shown as a code", () => {
  assert.equal(code(bytes("sensor-short")), "sensor-short");
  rejects(code, "", "Sensor", "<b>", "a b", "-a", "a".repeat(65));
});

test("an object is flat, strict JSON with unique names and nothing after it", () => {
  const json = fields(bytes(' { "a" : "x\\u00e9" , "n" : -1.5 , "t" : true , "none" : null } '));
  assert.equal(json.text("a"), "xé");
  assert.equal(json.number("n", -2, 2), -1.5);
  assert.equal(json.flag("t"), true);
  assert.equal(json.has("none"), false);
  assert.equal(json.has("b"), false);
  rejects(
    fields,
    "", "{", "}", "[]", "null", "{}x", '{"a":1}}', '{"a":1,}', '{,"a":1}', '{"a"}', '{"a":}', '{"a":1 "b":2}',
    '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"a":{}}', '{"a":[1]}', "{'a':1}", '{a:1}', '{"a":01}', '{"a":+1}', '{"a":1e9}',
    '{"a":NaN}', '{"a":.5}', '{"a":1.}', '{"a":"\n"}', '{"a":"\\x"}', '{"a":tru}', '{"a":1}/**/', '\ufeff{"a":1}',
  );
});

test("a field has its type and is within its bounds", () => {
  const json = fields(bytes('{"n":1.5,"i":3,"s":"a\\u0007","w":"x","__proto__":"p"}'));
  assert.throws(() => json.whole("n"), Malformed);
  assert.throws(() => json.whole("i", 2), Malformed);
  assert.throws(() => json.number("w", 0, 9), Malformed);
  assert.throws(() => json.text("s"), Malformed, "a control character");
  assert.throws(() => json.text("i"), Malformed);
  assert.throws(() => json.oneOf("w", ["y"]), Malformed);
  assert.throws(() => json.text("constructor"), Malformed);
  assert.equal(json.text("__proto__"), "p");
  assert.equal({}.p, undefined);
});

test("a hundred thousand random payloads are read or rejected as malformed, and nothing else happens", () => {
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
