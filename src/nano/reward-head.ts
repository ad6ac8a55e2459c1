import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../thought/errors.ts";
import { headFile } from "./checkpoint.ts";
import { floatsOf, readSafetensors } from "./safetensors.ts";

/** Names of the weights of a process reward head: `[1, hidden]` and `[1]`. */
export const rewardHeadNames = { weight: "reward_head.weight", bias: "reward_head.bias" } as const;

/** Name and shape of a head's weights on a model of this width. */
export function headShapes(hidden: number): [name: string, shape: number[]][] {
  return [
    [rewardHeadNames.weight, [1, hidden]],
    [rewardHeadNames.bias, [1]],
  ];
}

const configFile = "reward_head.json";

const configSchema = z.object({
  kind: z.literal("process-reward"),
  /** The token whose hidden state is read: the one that ends a step's line. */
  at: z.literal("step-end"),
  activation: z.literal("sigmoid"),
  /** What it was trained on: shares of right completions, or whether there was one. */
  labels: z.enum(["soft", "hard"]),
});

/** The parsed `reward_head.json` of a process reward model. */
export type RewardHeadConfig = z.infer<typeof configSchema>;

/** Writes a head's `reward_head.json` beside its weights. */
export async function writeHeadConfig(
  folder: string,
  { labels }: Pick<RewardHeadConfig, "labels">,
): Promise<void> {
  const config: RewardHeadConfig = { kind: "process-reward", at: "step-end", activation: "sigmoid", labels };
  await writeFile(join(folder, configFile), `${JSON.stringify(config, null, 2)}\n`);
}

/** A process reward head: a step's score is the sigmoid of `hidden * weight + bias`. */
export interface RewardHead {
  /** One number for each of the hidden state's. */
  readonly weight: Float32Array;
  readonly bias: number;
}

/** Reads the head of a process reward model's folder. Throws {@link InputError}. */
export async function readRewardHead(folder: string, hidden: number): Promise<RewardHead> {
  const text = await readFile(join(folder, configFile), "utf8").catch(() => undefined);
  if (text === undefined) {
    throw new InputError(
      `${folder} holds no process reward model: name a folder that sojourn train made by the method process-reward`,
    );
  }
  const path = join(folder, headFile);
  if (!configSchema.safeParse(JSON.parse(text)).success)
    throw new InputError(
      `${join(folder, configFile)} is not of a kind that this version knows: train the head anew`,
    );
  const stored = await readSafetensors(path);
  const [weight, bias] = headShapes(hidden).map(([name, shape]) => {
    const tensor = stored.get(name);
    if (tensor?.shape.join() !== shape.join())
      throw new InputError(
        `${path}: ${name} is ${tensor?.shape.join("x") ?? "missing"}, expected ${shape.join("x")}`,
      );
    return floatsOf(tensor).data;
  });
  return { weight: weight ?? new Float32Array(), bias: bias?.[0] ?? 0 };
}
