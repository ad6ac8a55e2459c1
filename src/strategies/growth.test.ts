import { strategyConformance } from "./conformance.ts";
import { growth } from "./growth.ts";

// A slim tree: the suite resumes it some hundred times. Completions are tested with the search.
strategyConformance("grow", { width: 2, keep: 1, depth: 5 }, growth(0));
