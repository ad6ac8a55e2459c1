// A search is a pure state machine; the driver runs it. This one walks: always on to the likeliest next step.
import { type Strategy, think } from "sojourn";
import { GrowingTree, type Search, TaskQueue } from "sojourn/search";
import { conclude, createPolicy, runSearch } from "sojourn/strategies";

function walk(width: number, depth: number): Search {
  const growing = new GrowingTree();
  const queue = new TaskQueue();
  let at = growing.tree.root;
  queue.propose("expand", at, width);
  return {
    tree: growing.tree,
    get finished() {
      return queue.idle;
    },
    ask: (slots) => queue.take(slots),
    tell(result) {
      queue.told();
      const changes = result.outcome === "proposed" ? growing.add(result.task, result.proposal).changes : [];
      if (!queue.idle || at.children.length === 0) return changes;
      at = at.children.reduce((best, next) =>
        Number(next.meanLogprob) > Number(best.meanLogprob) ? next : best,
      );
      if (at.answer === undefined && at.depth < depth) queue.propose("expand", at, width);
      return changes;
    },
    best: () => (at.answer === undefined ? undefined : at),
  };
}

const walking: Strategy = async (question, thinking) => {
  const search = walk(2, 40);
  const policy = createPolicy(question, thinking, { style: "steps" });
  const drive = await runSearch(question, thinking, search, { policy });
  return conclude(thinking, { question, tree: search.tree, drive, chosen: drive.best, reason: "likeliest" });
};

const { text, thought } = await think("What is 347 + 586?", { strategy: walking, temperature: 0.7 });
console.log(`${thought.join("\n")}\n= ${text}`);
