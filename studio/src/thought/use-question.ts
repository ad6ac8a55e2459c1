import { useEffect, useSyncExternalStore } from "react";
import { LiveQuestion } from "./live-question.ts";

/** Questions that views show, and the newest ones they showed: going from view to view reads nothing again. */
const known = new Map<string, { live: LiveQuestion; users: number }>();

/** So many that nobody shows are kept. */
const KEPT = 4;

/**
 * A question of a run, followed while a view shows it. The caller renders again whenever something comes: read the fields
 * of what is returned, and use its `version` where a value has to be worked out only once.
 *
 * @param run a run's id, or `latest`
 * @param question the question's id in the run; default the run's first one
 */
export function useQuestion(run: string, question?: string | undefined): LiveQuestion {
  const key = `${run}\n${question ?? ""}`;
  const entry = known.get(key) ?? { live: new LiveQuestion(run, question), users: 0 };
  if (!known.has(key)) known.set(key, entry);
  const { live } = entry;
  useEffect(() => {
    entry.users++;
    if (entry.users === 1 && live.connection !== "ended") void live.open();
    return () => {
      entry.users--;
      if (entry.users === 0) live.close();
      forgetOldest();
    };
  }, [entry, live]);
  useSyncExternalStore(live.subscribe, () => live.version);
  return live;
}

/** A run that is still under way, or `latest`, has to be asked for anew next time. */
function forgetOldest(): void {
  const idle = [...known].filter(([, { users }]) => users === 0);
  for (const [key, { live }] of idle) {
    if (key.startsWith("latest\n") || live.connection === "refused") known.delete(key);
  }
  for (const [key] of idle.slice(0, Math.max(0, idle.length - KEPT))) known.delete(key);
}
