import { oneThought } from "./one-thought.ts";

/** Asks the bare question once, without thinking where the model can be told so: the base line. */
export const direct = oneThought({ style: "plain" });
