// The site under test: the files of the package hearth-page if it was built, else the folder that every build makes. Build
// first: mvn -Pquick package, or mvn package for the Debian package too.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT, newFolder } from "./folders.mjs";

export const SOURCE = join(ROOT, "page/web/");
export const BUILT = join(ROOT, "page/target/web/");
const PACKAGE = join(ROOT, "page/src/main/package/");

let unpacked;

/** Where the package's files are: as installed under /, here in a temporary folder. */
function packageRoot() {
  unpacked ??= unpack();
  return unpacked;
}

function unpack() {
  const folder = newFolder();
  const target = join(ROOT, "page/target");
  const deb = readdirSync(target).find((name) => /^hearth-page_.*_all\.deb$/.test(name));
  if (!deb || statSync(join(target, deb)).mtimeMs < statSync(join(BUILT, "page.js")).mtimeMs) return null;
  execFileSync("dpkg-deb", ["-x", join(target, deb), folder]);
  return folder;
}

/** The folder that a web server serves. */
export function site() {
  if (!existsSync(join(BUILT, "page.js"))) throw new Error("the page is not built: mvn -Pquick package");
  return packageRoot() ? join(packageRoot(), "usr/share/hearth-page") : BUILT;
}

/** One of the examples that the package installs in /usr/share/doc/hearth-page/examples. */
export function example(name) {
  return join(packageRoot() ?? PACKAGE, "usr/share/doc/hearth-page/examples", name);
}
