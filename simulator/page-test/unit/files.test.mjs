import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { DASHBOARD, bundle } from "../bundle.mjs";

const MOST_RAW = 600_000;
const MOST_ZIPPED = 300_000;
const read = (file) => readFileSync(DASHBOARD + file);
const html = read("index.html").toString();

test("page.js is what is made of js/", () => {
  assert.equal(read("page.js").toString(), bundle(), "run: node simulator/page-test/bundle.mjs");
});

test("what is vendored is what its note says, to the byte, with its licence", () => {
  const notes = [...read("vendor/README.md").toString().matchAll(/^([0-9a-f]{64})  (\S+)$/gm)];
  for (const [, hash, file] of notes) assert.equal(createHash("sha256").update(read(`vendor/${file}`)).digest("hex"), hash, file);
  assert.deepEqual(notes.map(([, , file]) => file).sort(), readdirSync(`${DASHBOARD}vendor`).filter((file) => file !== "README.md").sort());
});

test("the page weighs less than 600 kB, 300 zipped", (t) => {
  const css = read("style.css").toString();
  const loaded = [
    "index.html",
    "house.json",
    ...[...html.matchAll(/(?:src|href)="([^"#:]+)"/g)].map(([, file]) => file),
    ...[...css.matchAll(/url\("([^"]+)"\)/g)].map(([, file]) => file),
  ];
  const files = [...new Set(loaded)];
  const raw = files.reduce((sum, file) => sum + statSync(DASHBOARD + file).size, 0);
  const zipped = files.reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0);
  t.diagnostic(`the page weighs ${Math.round(raw / 1000)} kB, ${Math.round(zipped / 1000)} zipped, in ${files.length} files`);
  assert.ok(raw < MOST_RAW, `${raw} bytes`);
  assert.ok(zipped < MOST_ZIPPED, `${zipped} bytes`);
});

test("the page has no script, style or handler in its HTML, and a policy that forbids them", () => {
  assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=|javascript:/i);
  const [, policy] = /Content-Security-Policy"\s+content="([^"]+)"/.exec(html);
  for (const word of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"]) {
    assert.ok(policy.includes(word), word);
  }
  assert.doesNotMatch(policy, /unsafe|\*|data:|blob:/);
});

test("nothing of ours makes HTML or code of text", () => {
  for (const file of readdirSync(`${DASHBOARD}js`)) {
    const code = read(`js/${file}`).toString().replace(/^\s*\/\/.*$/gm, "");
    assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|setTimeout\("/, file);
  }
});
