import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Command as Program } from "commander";
import pMap from "p-map";
import { filesBelow, root } from "../project.ts";
import { faultOf, type Reality } from "./commands.ts";
import { deadLinks } from "./links.ts";
import { type Fence, parseMarkdown } from "./markdown.ts";
import { type Offence, report } from "./offence.ts";
import { runBlocks } from "./run-blocks.ts";
import { splitCommands } from "./shell.ts";

/** A block with one of these marks is read but not run: it takes minutes, or a provider's key. */
const unrunMarks = new Set(["long", "network"]);
const shellsByOtherNames = new Set(["bash", "shell", "console", "zsh"]);

/** Checks one page: its links resolve, its commands are real, and its unmarked ```` ```sh ```` blocks run. */
export async function checkPage(file: string, reality: Reality): Promise<Offence[]> {
  const page = parseMarkdown(readFileSync(join(reality.base, file), "utf8"));
  const offences = deadLinks(file, page, reality.base);
  for (const { language, line } of page.fences)
    if (shellsByOtherNames.has(language))
      offences.push({ file, line, message: `a ${language} block is not checked: call it sh` });

  const scripts = page.fences.filter(({ language }) => language === "sh");
  for (const fence of scripts) offences.push(...(await faultsOfBlock(file, fence, reality)));
  if (offences.length > 0 || reality.buildProgram === undefined) return offences;
  const runnable = scripts.filter(({ marks }) => !marks.some((mark) => unrunMarks.has(mark)));
  return runBlocks(file, runnable, reality.base);
}

async function faultsOfBlock(file: string, fence: Fence, reality: Reality): Promise<Offence[]> {
  const offences: Offence[] = [];
  for (const mark of fence.marks.filter((word) => !unrunMarks.has(word)))
    offences.push({ file, line: fence.line, message: `unknown mark "${mark}": use long or network` });
  for (const command of splitCommands(fence.text)) {
    const message = await faultOf(command, reality);
    if (message !== undefined) offences.push({ file, line: fence.line + command.line - 1, message });
  }
  return offences;
}

async function loadProgram(): Promise<Reality["buildProgram"]> {
  const path = join(root, "src/cli/program.ts");
  if (!existsSync(path)) {
    console.log("src/cli/program.ts does not exist: links are checked, commands are not run");
    return undefined;
  }
  const { buildProgram } = await import(pathToFileURL(path).href);
  return () => {
    const program: unknown = buildProgram();
    if (program instanceof Program) return program;
    throw new TypeError("buildProgram() of src/cli/program.ts must return a commander Command");
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const own = ["README.md", "CONTRIBUTING.md"].filter((file) => existsSync(join(root, file)));
  const pages = [...own, ...filesBelow("docs").filter((file) => file.endsWith(".md"))];
  const reality: Reality = { base: root, buildProgram: await loadProgram() };
  const offences = await pMap(pages, (page) => checkPage(page, reality), {
    concurrency: availableParallelism(),
  });
  report(offences.flat(), `${pages.length} pages: links resolve and commands are real`);
}
