// npm runs this after `npm ci` and before `npm pack`, and npx again when it runs the command in a clone: it builds
// once for each state of the sources. Plain JavaScript, because npm also runs it where the development packages
// are missing; then there is nothing to build with.
import { execSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stampFile = join(root, "node_modules/.cache/sojourn/built-from");

/** A text that differs whenever a file that the build reads was added, removed or touched. */
function stateOfSources() {
  const sources = ["package.json", "tsconfig.json", "tsdown.config.ts"].map((name) => join(root, name));
  for (const folder of ["src", "studio"])
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
      if (
        entry.isFile() &&
        !/\.wasm$|node_modules/.test(join(entry.parentPath, entry.name).slice(root.length))
      )
        sources.push(join(entry.parentPath, entry.name));
  const hash = createHash("sha256");
  for (const path of sources.sort())
    hash.update(`${path} ${statSync(path).size} ${statSync(path).mtimeMs}\n`);
  return hash.digest("hex");
}

const state = stateOfSources();
const isBuilt = existsSync(join(root, "dist/index.js")) && existsSync(join(root, "dist/studio/index.html"));
const builtFrom = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";

if (!existsSync(join(root, "node_modules/tsdown"))) {
  console.error("sojourn is not built: npm ci installs what that needs");
} else if (!isBuilt || builtFrom !== state) {
  execSync("npm run build", { cwd: root, stdio: "inherit" });
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, state);
}
