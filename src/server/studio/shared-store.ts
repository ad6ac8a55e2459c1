import { RunStore } from "../../runs/store/run-store.ts";

const stores = new Map<string, Promise<RunStore>>();

/** The one store that all areas of this process share for the runs below `root`: what one of them has read, all have. */
export function sharedStore(root: string): Promise<RunStore> {
  const known = stores.get(root);
  if (known !== undefined) return known;
  const opened = RunStore.open(root);
  stores.set(root, opened);
  // What failed to open may open the next time.
  opened.catch(() => stores.delete(root));
  return opened;
}
