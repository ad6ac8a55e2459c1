import type { Fold } from "./fold.ts";
import { addTokenUsage, emptyTokenUsage, type Usage } from "./usage.ts";

/** The usage of every call in a log, in total and by role. */
export const foldUsage: Fold<Usage> = {
  start: () => ({ ...emptyTokenUsage(), byRole: {} }),
  apply(usage, event) {
    if (event.type !== "call-finished" && event.type !== "call-failed") return usage;
    return {
      ...addTokenUsage(usage, event.usage),
      byRole: {
        ...usage.byRole,
        [event.role]: addTokenUsage(usage.byRole[event.role] ?? emptyTokenUsage(), event.usage),
      },
    };
  },
};
