// Where the project is, and temporary folders.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A new folder that is deleted when the test process exits. */
export function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "hearth-page-"));
  process.on("exit", () => existsSync(folder) && rmSync(folder, { recursive: true, force: true }));
  return folder;
}
