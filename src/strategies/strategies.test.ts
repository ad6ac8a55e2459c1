import { strategyConformance } from "./conformance.ts";
import { strategies } from "./registry.ts";

for (const { name } of strategies) strategyConformance(name);
