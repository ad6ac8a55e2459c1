import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { Random } from "../src/thought/random.ts";
import { startCli } from "../test/support/cli-process.ts";

/**
 * A small journey from problems to evaluated models, killed by SIGKILL once within every stage and resumed each time: its
 * data sets, answers and weights have to be, byte for byte, those of an unbroken one.
 */
const recipe = {
  name: "kills",
  seeds: [1],
  tokenizer: resolve("recipes/tokenizer.json"),
  model: { hidden: 128, layers: 6, heads: 4, intermediate: 352, context: 384 },
  problems: {
    ...{ policy: 60, grow: 16, testFourNumbers: 2 },
    test: { "new set": 4, "new target": 4, "both new": 4 },
  },
  policy: { epochs: 1, from: resolve("weights/nano") },
  grow: { width: 3, keep: 2 },
  second: { epochs: 1 },
  dpo: { problems: 8, samples: 8, pairs: 2 },
  rl: { rounds: 2, questions: 4, groupSize: 4 },
  evaluate: { samples: 1, maxTokens: 160 },
};
/** What a journey is made of: everything else is notes on the way, such as times. */
const MADE =
  /(^|\/)(data|problems|attempts|shortcut|journey-draft|journey-refined|preference)\.jsonl$|model\.safetensors$/;
const seed = Number(process.argv[2] ?? 1);

const root = mkdtempSync(join(tmpdir(), "sojourn-journey-kills-"));
try {
  const path = join(root, "recipe.yaml");
  writeFileSync(path, stringify(recipe));
  const start = (name: string) => startCli(["journey", path, "--out", join(root, name)], { folder: root });

  const unbroken = await start("unbroken").ended;
  if (unbroken.code !== 0) throw new Error(`the unbroken journey failed: ${unbroken.err}`);

  const killedIn = new Set<string>();
  const random = new Random(`journey-kills/${seed}`);
  for (let finished = false; !finished; ) {
    const cli = start("killed");
    let told = "";
    let aim: string | undefined;
    cli.process.stderr?.on("data", (piece: string) => {
      told += piece;
      const started = [...told.matchAll(/^\d+\/\d+ (\S+)$/gm)].flatMap(([, stage]) => stage ?? []);
      const next = aim ?? started.find((stage) => !killedIn.has(stage));
      if (aim !== undefined || next === undefined) return;
      aim = next;
      // The shortest stages take some milliseconds, the longest half a minute.
      void sleep(random.pick([1, 20, 200, 1000, 3000])).then(() => cli.process.kill("SIGKILL"));
    });
    const { code, err } = await cli.ended;
    if (code !== null && code !== 0) throw new Error(`the killed journey failed: ${err}`);
    finished = code === 0;
    if (aim !== undefined) killedIn.add(aim);
    console.log(finished ? "finished" : `killed in ${aim}`);
  }

  const [whole, broken] = [hashes(join(root, "unbroken")), hashes(join(root, "killed"))];
  const others = [...whole].filter(([file, hash]) => broken.get(file) !== hash).map(([file]) => file);
  console.log(
    `${killedIn.size} kills, one in each stage; ${whole.size - others.length} of ${whole.size} files the same`,
  );
  for (const file of others) console.log(`ANOTHER: ${file}`);
  process.exitCode = others.length === 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** The hash of each file that a journey made, checkpoints on the way and the names of its runs, which hold the time, left out. */
function hashes(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return new Map(
    files
      .filter((file) => MADE.test(file) && !file.includes("checkpoints") && !file.includes("/runs/"))
      .map((file) => {
        const bytes = readFileSync(join(folder, file));
        const made = file.endsWith(".jsonl") ? bytes.toString().replaceAll(/"run":"[^"]+"/g, "") : bytes;
        return [file, createHash("sha256").update(made).digest("hex")];
      }),
  );
}
