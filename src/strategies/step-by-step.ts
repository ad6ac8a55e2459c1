import { oneThought } from "./one-thought.ts";

/** One chain of thought, a step a line, then the answer (Wei et al., arXiv 2201.11903; Kojima et al., 2205.11916). */
export const stepByStep = oneThought({ style: "steps" });
