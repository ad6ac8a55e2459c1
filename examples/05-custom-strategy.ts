// A strategy is a function: here thoughts are asked for one after another until two of them agree.
import { type Strategy, type TreeNode, think } from "sojourn";
import { equivalent } from "sojourn/rewards";
import { GrowingTree, proposalId } from "sojourn/search";
import { conclude, createPolicy } from "sojourn/strategies";

const untilTwoAgree: Strategy = async (question, thinking) => {
  const policy = createPolicy(question, thinking, { style: "steps" });
  const growing = new GrowingTree();
  const { root } = growing.tree;
  const leaves: TreeNode[] = [];
  let agreed: TreeNode | undefined;
  for (let first = 0; first < thinking.settings.samples && agreed === undefined; first++) {
    const [proposed] = policy({ node: root, kind: "roll-out", first, count: 1 });
    if (proposed === undefined) break;
    const { proposal, settle } = await proposed;
    settle();
    const { leaf, changes } = growing.add({ id: proposalId(root.id, first), node: root.id }, proposal);
    for (const change of changes) thinking.recorder.emit(change);
    if (leaf?.answer === undefined) continue;
    const { answer } = leaf;
    agreed = leaves.find((other) => equivalent(other.answer ?? "", answer));
    leaves.push(leaf);
  }
  const chosen = agreed ?? leaves[0];
  const reason = agreed === undefined ? "no two agreed" : `two of ${leaves.length} agreed`;
  return conclude(thinking, { question, tree: growing.tree, drive: { ended: "finished" }, chosen, reason });
};

const thinking = think("What is 6 times 38?", { strategy: untilTwoAgree, temperature: 0.7, samples: 6 });
const { text, strategy } = await thinking;
console.log(`${text} by ${strategy}: ${thinking.thought.reason}`);
