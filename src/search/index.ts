export { type BeamOptions, beam } from "./beam.ts";
export { type BestOfNOptions, bestOfN } from "./best-of-n.ts";
export { type Drive, type DriveOptions, drive, type TaskDone } from "./driver.ts";
export { GrowingTree, type Grown } from "./growing-tree.ts";
export { chainId, compareNodeIds, proposalId, scoreTaskId } from "./node-id.ts";
export { bestLeaf, type Ranking } from "./ranking.ts";
export type { Proposal, Search, TaskResult, TreeChange } from "./search.ts";
export { TaskQueue } from "./task-queue.ts";
