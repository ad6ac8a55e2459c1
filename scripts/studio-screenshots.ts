import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.ts";

// Takes the pictures of docs/studio.md anew: the studio's tests in a browser keep one of each view in both themes where
// they are told to, and those that the page shows stay. Run `npm run build` before, and look at what has changed.
const pictures = join(root, "docs/images");
const environment = { ...process.env, SOJOURN_PICTURES: pictures };
const { status } = spawnSync("npx", ["vitest", "run", "test/studio"], {
  ...{ cwd: root, stdio: "inherit", env: environment },
});
const page = readFileSync(join(root, "docs/studio.md"), "utf8");
for (const name of readdirSync(pictures))
  if (name.startsWith("studio-") && !page.includes(name)) rmSync(join(pictures, name));
process.exitCode = status ?? 1;
