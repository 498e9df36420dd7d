import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Script } from "node:vm";
import { gzipSync } from "node:zlib";
import { ROOT } from "../lib/folders.mjs";
import { BUILT, SOURCE, example } from "../lib/site.mjs";

const MAX_BYTES = 600_000;
const MAX_COMPRESSED_BYTES = 300_000;
const read = (file) => readFileSync(join(BUILT, file));
const source = (file) => readFileSync(join(SOURCE, file), "utf8");
const html = read("index.html").toString();

test("page.js contains every module once, after the modules it imports, and is a plain script", () => {
  const built = read("page.js").toString();
  const position = (name) => built.indexOf(`\nconst ${name}$ = `);
  for (const file of readdirSync(join(SOURCE, "js"))) {
    const name = file.replace(".mjs", "");
    for (const part of source(`js/${file}`).replace(/^export /gm, "").split(/(?:^import .*\n)+/m).filter((one) => one.trim() !== "")) {
      assert.equal(built.split(part).length, 2, `${file} is not in page.js as it is now: mvn -Pquick package`);
    }
    for (const [, imported] of source(`js/${file}`).matchAll(/^import .* from "\.\/(.*)\.mjs";$/gm)) {
      assert.ok(position(imported) >= 0 && position(imported) < position(name), `${name} imports ${imported}`);
    }
  }
  new Script(built); // Throws if it does not parse.
});

test("every other file of the built page is the source file", () => {
  const files = readdirSync(BUILT, { recursive: true }).filter((file) => statSync(join(BUILT, file)).isFile());
  const sources = readdirSync(SOURCE, { recursive: true }).filter((file) => statSync(join(SOURCE, file)).isFile());
  assert.deepEqual(files.filter((file) => file !== "page.js").sort(), sources.filter((file) => !file.startsWith("js/")).sort());
  for (const file of files.filter((one) => one !== "page.js")) assert.deepEqual(read(file), readFileSync(join(SOURCE, file)), file);
});

test("docs/page.md shows the package's examples", () => {
  const settings = (text) => text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).join("\n");
  const blocks = [...readFileSync(join(ROOT, "docs/page.md"), "utf8").matchAll(/^```\n([^]*?)^```$/gm)]
    .map(([, block]) => settings(block));
  for (const name of ["hearth.conf", "page.acl", "enrolled-listener.conf", "enrolled-mosquitto.service.conf"]) {
    assert.ok(blocks.includes(settings(readFileSync(example(name), "utf8"))), name);
  }
});

test("third-party files are the files that vendor/README.md lists, byte for byte, with their licences", () => {
  const listed = [...source("vendor/README.md").matchAll(/^([0-9a-f]{64})  (\S+)$/gm)];
  for (const [, hash, file] of listed) assert.equal(createHash("sha256").update(read(`vendor/${file}`)).digest("hex"), hash, file);
  assert.deepEqual(listed.map(([, , file]) => file).sort(), readdirSync(join(SOURCE, "vendor")).filter((file) => file !== "README.md").sort());
});

test("the page weighs less than 600 kB, 300 kB compressed", (t) => {
  const css = read("style.css").toString();
  const loaded = [
    "index.html",
    "house.json",
    ...[...html.matchAll(/(?:src|href)="([^"#:]+)"/g)].map(([, file]) => file),
    ...[...css.matchAll(/url\("([^"]+)"\)/g)].map(([, file]) => file),
  ];
  const files = [...new Set(loaded)];
  const bytes = files.reduce((sum, file) => sum + read(file).length, 0);
  const compressed = files.reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0);
  t.diagnostic(`the page weighs ${Math.round(bytes / 1000)} kB, ${Math.round(compressed / 1000)} kB compressed, in ${files.length} files`);
  assert.ok(bytes < MAX_BYTES, `${bytes} bytes`);
  assert.ok(compressed < MAX_COMPRESSED_BYTES, `${compressed} bytes`);
});

test("the HTML contains no script, style or handler, and its policy forbids them", () => {
  assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=|javascript:/i);
  const [, policy] = /Content-Security-Policy"\s+content="([^"]+)"/.exec(html);
  for (const word of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"]) {
    assert.ok(policy.includes(word), word);
  }
  assert.doesNotMatch(policy, /unsafe|\*|data:|blob:/);
});

test("no module turns text into HTML or code", () => {
  for (const file of readdirSync(join(SOURCE, "js"))) {
    const code = source(`js/${file}`).replace(/^\s*\/\/.*$/gm, "");
    assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|setTimeout\("/, file);
  }
});
