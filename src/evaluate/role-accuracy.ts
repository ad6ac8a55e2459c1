import type { Nano } from "../nano/decoder/nano.ts";
import { rolePromptText } from "../nano/format.ts";
import { familyNames } from "../problems/gym/gym.ts";
import { type RoleExample, roleExample } from "../problems/gym/roles.ts";
import type { Split } from "../problems/problem.ts";
import { type ChoosingRole, roleChoices } from "../thought/role-choices.ts";
import { markdownTable } from "./nano-table.ts";
import { formatProportion, type Proportion, proportion } from "./proportion.ts";

/** How often a role says the right word. */
export interface RoleAccuracy {
  role: ChoosingRole;
  right: Proportion;
  /** What always saying the word that is most often right would reach. */
  commonest: Proportion;
}

/** Asks a model for the words of all roles on examples of every family in turn. */
export async function measureRoles(
  nano: Pick<Nano, "generate" | "tokenizer">,
  { split, seed, examples }: { split: Split; seed: number; examples: number },
): Promise<RoleAccuracy[]> {
  const results: RoleAccuracy[] = [];
  for (const role of Object.keys(roleChoices) as ChoosingRole[]) {
    const asked = Array.from({ length: examples }, (_, index) =>
      roleExample({ family: familyNames[index % familyNames.length] ?? "", role, split, seed, index }),
    );
    const said = await Promise.all(asked.map((example) => wordFor(nano, example)));
    const counts = roleChoices[role].map((word) => asked.filter(({ choice }) => choice === word).length);
    results.push({
      role,
      right: proportion(asked.filter(({ choice }, index) => choice === said[index]).length, examples),
      commonest: proportion(Math.max(...counts), examples),
    });
  }
  return results;
}

async function wordFor(nano: Pick<Nano, "generate" | "tokenizer">, example: RoleExample): Promise<string> {
  const promptTokens = nano.tokenizer.encode(rolePromptText(example.role, example));
  const [sample] = await nano.generate({ promptTokens, choices: roleChoices[example.role] });
  return sample?.text ?? "";
}

/** The results as a Markdown table. */
export function roleTable(results: readonly RoleAccuracy[]): string {
  return markdownTable(
    [`role (${results[0]?.right.trials ?? 0} examples)`, "right", "always the commonest word"],
    results.map(({ role, right, commonest }) => [
      role,
      formatProportion(right),
      `${(100 * commonest.share).toFixed(1)}%`,
    ]),
  );
}
