// Joins the page's modules into dashboard/page.js. A Mosquitto that serves the page (http_dir) says no media types, and
// browsers take no modules without one; plain scripts they do. A test holds page.js to what this makes of js/.
// After a change: node bundle.mjs

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const DASHBOARD = fileURLToPath(new URL("../dashboard/", import.meta.url));
const IMPORT = /^import \{([^}]*)\} from "\.\/([a-z]+)\.mjs";\n/gm;
const EXPORT = /^export (?=(?:async )?(?:function|class|const) ([\w$]+))/gm;

/** Each module in a function of its own, after those it imports. */
export function bundle(entry = "main") {
  const order = [];
  visit(entry, order, []);
  const head = "// Made of js/ by simulator/page-test/bundle.mjs: read and change it there.\n";
  return `${head}"use strict";\n(async () => {\n${order.map(({ code }) => code).join("\n")}})();\n`;
}

function visit(name, order, above) {
  if (order.some((one) => one.name === name)) return;
  if (above.includes(name)) throw new Error(`modules in a circle: ${[...above, name].join(", ")}`);
  const source = readFileSync(`${DASHBOARD}js/${name}.mjs`, "utf8");
  for (const [, , from] of source.matchAll(IMPORT)) visit(from, order, [...above, name]);
  const exported = [...source.matchAll(EXPORT)].map(([, what]) => what);
  const body = source.replace(IMPORT, (all, what, from) => `const {${what}} = ${from}$;\n`).replace(EXPORT, "");
  if (/^(import|export) /m.test(body)) throw new Error(`${name}.mjs imports or exports in a way this does not know`);
  const last = exported.length ? `return { ${exported.join(", ")} };\n` : "";
  const call = body.includes("await ") && !exported.length ? "await (async () => {" : "(() => {";
  order.push({ name, code: `// js/${name}.mjs\nconst ${name}$ = ${call}\n${body}${last}})();\n` });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(`${DASHBOARD}page.js`, bundle());
