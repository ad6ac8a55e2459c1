import { accessSync, constants, existsSync } from "node:fs";
import type { Command } from "commander";
import { createRegistry } from "../../models/registry.ts";
import { runsRoot } from "../../runs/run-folder.ts";
import { readConfig } from "../../strategies/config.ts";
import { messageOf } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { runsFolder } from "./ask.ts";

/** One thing that was looked at. */
interface Finding {
  name: string;
  /** `off` is fine: something optional that is not set up. */
  state: "ok" | "off" | "broken";
  /** What was found, and for something broken how to mend it. */
  detail: string;
}

const OLDEST_NODE = [20, 19] as const;

/** Adds `sojourn doctor`: looks at what Sojourn needs and says how to mend what is missing. */
export function addDoctorCommand(program: Command, context: CommandContext): void {
  const { output } = context;
  program
    .command("doctor")
    .description("check this machine and say how to mend what is missing")
    .option("--json", "print a JSON array")
    .addHelpText("after", "\nExamples:\n  sojourn doctor")
    .action(async ({ json }: { json?: boolean }) => {
      const findings = [
        checkNode(),
        checkConfig(),
        checkRuns(context),
        await checkNano(),
        ...checkProviders(context),
      ];
      if (json) output.line(JSON.stringify(findings));
      else
        for (const { name, state, detail } of findings)
          output.line(`${markOf(state, output.colors)} ${name}: ${detail}`);
      context.exit(findings.some(({ state }) => state === "broken") ? 1 : 0);
    });
}

function markOf(state: Finding["state"], colors: CommandContext["output"]["colors"]): string {
  if (state === "ok") return colors.green("✓");
  return state === "off" ? colors.dim("·") : colors.red("✗");
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const recent = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const detail = `version ${process.versions.node}`;
  return recent
    ? { name: "Node", state: "ok", detail }
    : { name: "Node", state: "broken", detail: `${detail}; install ${OLDEST_NODE.join(".")} or later` };
}

function checkConfig(): Finding {
  try {
    const keys = Object.keys(readConfig());
    const detail =
      keys.length === 0
        ? "no sojourn.yaml here, or an empty one; defaults hold"
        : `sojourn.yaml sets ${keys.join(", ")}`;
    return { name: "config", state: "ok", detail };
  } catch (error) {
    return { name: "config", state: "broken", detail: messageOf(error) };
  }
}

function checkRuns(context: CommandContext): Finding {
  const root = runsFolder(undefined, context) ?? runsRoot(context.environment);
  if (!existsSync(root)) return { name: "runs", state: "ok", detail: `${root} is made with the first run` };
  try {
    accessSync(root, constants.W_OK);
    return { name: "runs", state: "ok", detail: root };
  } catch (error) {
    return {
      name: "runs",
      state: "broken",
      detail: `${messageOf(error)}; set SOJOURN_RUNS to a folder you can write to`,
    };
  }
}

async function checkNano(): Promise<Finding> {
  const startedAt = performance.now();
  try {
    const model = await createRegistry().open("nano").load();
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "What is 2 + 3?" }] }];
    const { usage } = await model.doGenerate({ prompt, temperature: 0, maxOutputTokens: 64 });
    const milliseconds = Math.round(performance.now() - startedAt);
    return {
      name: "nano",
      state: "ok",
      detail: `loaded and wrote ${usage.outputTokens.total ?? 0} tokens in ${milliseconds} ms`,
    };
  } catch (error) {
    return { name: "nano", state: "broken", detail: `${messageOf(error)}; reinstall sojourn` };
  }
}

function checkProviders({ environment }: CommandContext): Finding[] {
  return createRegistry({}, environment)
    .list()
    .filter(({ provider }) => provider !== "nano" && provider !== "scripted")
    .map(({ provider, needs, endpoint }) => ({
      name: provider,
      state: needs === undefined ? "ok" : "off",
      detail: needs ?? `requests go to ${endpoint ?? "the provider"}`,
    }));
}
