import { strategyConformance } from "../conformance.ts";

strategyConformance("beam", { reward: "judge*rollouts+vote", samples: 2, width: 2 });
