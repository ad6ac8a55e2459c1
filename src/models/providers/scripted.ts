import { InputError } from "../../thought/errors.ts";
import type { Provider } from "../provider.ts";
import { scriptedBackend } from "../scripted.ts";
import { treeReply } from "../scripted-tree.ts";

/** The scripted models that can be named on the command line; others are made in code. */
const SCRIPTED_NAMES: readonly string[] = ["tree"];

/** Models that a function speaks for; `scripted/tree` is the maze of `scripted-tree.ts`. */
export const scripted: Provider = {
  example: SCRIPTED_NAMES.map((name) => `scripted/${name}`).join(),
  open(model) {
    if (!SCRIPTED_NAMES.includes(model)) {
      throw new InputError(`no scripted model "${model}"; there is ${scripted.example}`);
    }
    return scriptedBackend({
      name: "scripted/tree",
      reply: (prompt, _sample, seed) => treeReply(prompt, seed),
    });
  },
  status: () => ({}),
};
