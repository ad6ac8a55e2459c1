import { GrowingTree } from "../../search/growing-tree.ts";
import type { Search, TreeChange } from "../../search/search.ts";
import { TaskQueue } from "../../search/task-queue.ts";
import { pathTo, type TreeNode } from "../../thought/tree.ts";

/**
 * A search that searches nothing: it takes one whole thought and has each of its steps scored. The last step comes first,
 * since a judge that is shown the whole thought can label all of its steps at once; then the others side by side. Where
 * the last step cannot be scored the rest is left alone.
 */
export function scorePath(): Search {
  const growing = new GrowingTree();
  const { tree } = growing;
  const queue = new TaskQueue();
  let leaf: TreeNode | undefined;
  queue.propose("roll-out", tree.root, 1);

  return {
    tree,
    get finished() {
      return queue.idle;
    },
    ask: (slots) => queue.take(slots),
    tell(result) {
      queue.told();
      const changes: TreeChange[] = [];
      if (result.outcome === "proposed") {
        const grown = growing.add(result.task, result.proposal);
        leaf = grown.leaf;
        if (leaf !== undefined) queue.score(leaf);
        changes.push(...grown.changes);
      } else if (result.outcome === "scored") {
        changes.push(...growing.score(tree.get(result.task.node), result.score));
        if (leaf !== undefined && result.task.node === leaf.id)
          for (const node of pathTo(leaf).slice(0, -1)) queue.score(node);
      }
      return changes;
    },
    best: () => leaf,
  };
}
