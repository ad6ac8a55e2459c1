export {
  addKey,
  KEYS_FILE,
  type KeyEntry,
  type KeyLimits,
  readKeys,
  removeKey,
} from "./access/key-file.ts";
export { KeyRing } from "./access/key-ring.ts";
export { createServerContext, type ServerContext, type ServerContextOptions } from "./context.ts";
export { keepRunsFor } from "./retention.ts";
export type { ReasoningField, ReasoningMode, Serving } from "./serving.ts";
export { type RunningServer, type ServerOptions, startServer } from "./start-server.ts";
