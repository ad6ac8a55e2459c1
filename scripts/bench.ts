import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { filesBelow, root } from "./project.ts";

const ending = ".bench.ts";
const names = filesBelow("bench")
  .filter((path) => path.endsWith(ending))
  .map((path) => basename(path, ending));

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  console.log(names.length === 0 ? "bench/ has no benchmark yet" : names.join("\n"));
} else if (names.includes(name)) {
  const command = ["--import", "tsx", join("bench", name + ending), ...rest];
  process.exitCode = spawnSync(process.execPath, command, { cwd: root, stdio: "inherit" }).status ?? 1;
} else {
  console.error(`no benchmark "${name}"; there are: ${names.join(", ") || "none yet"}`);
  process.exitCode = 2;
}
