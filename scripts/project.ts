import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The folder that holds package.json, absolute, without a trailing slash. */
export const root: string = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** Folders that hold nothing a person wrote. */
const generated = new Set(["node_modules", "dist", "coverage", "runs", ".git", ".cache"]);

/**
 * Every file below `folder`, as paths relative to the project's root with forward slashes, in a fixed order.
 * Generated folders are left out; a folder that does not exist holds no files.
 */
export function filesBelow(folder: string, base: string = root): string[] {
  const files: string[] = [];
  const visit = (directory: string): void => {
    for (const entry of entriesOf(directory)) {
      const path = join(directory, entry.name);
      if (entry.isFile()) files.push(relative(base, path).split(sep).join("/"));
      else if (entry.isDirectory() && !generated.has(entry.name)) visit(path);
    }
  };
  visit(join(base, folder));
  return files.sort();
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

const packageSchema = z.object({
  scripts: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.string()),
});

/** The parts of package.json that the scripts read. */
export function readPackage(base: string = root): z.infer<typeof packageSchema> {
  return packageSchema.parse(JSON.parse(readFileSync(join(base, "package.json"), "utf8")));
}
