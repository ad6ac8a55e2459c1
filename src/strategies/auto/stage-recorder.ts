import type { Recorder } from "../../runs/recorder.ts";
import type { EventBody, EventOf } from "../../thought/event.ts";
import { applyToTree } from "../../thought/fold-tree.ts";
import { ROOT, type Tree } from "../../thought/tree.ts";

/**
 * The recorder of one stage of a question that is thought about in several. Each stage's strategy grows a tree of its own
 * from ordinal 0 on; in the log, and in the tree that the stages share, its branches stand behind those of the stages
 * before it. The stage's choice of an answer is kept back: the last word is not its own.
 */
export class StageRecorder implements Recorder {
  readonly #inner: Recorder;
  readonly #tree: Tree;
  readonly #offset: number;
  #next: number;
  #chosen: EventOf<"answer-chosen"> | undefined;

  /**
   * @param tree the tree that the stages share; it follows what is emitted
   * @param offset how many branches below the root the stages before have asked for
   */
  constructor(inner: Recorder, { tree, offset }: { tree: Tree; offset: number }) {
    this.#inner = inner;
    this.#tree = tree;
    this.#offset = offset;
    this.#next = offset;
  }

  /** What the stage chose, with the node as the shared tree names it. */
  get chosen(): EventOf<"answer-chosen"> | undefined {
    return this.#chosen;
  }

  /** The offset of a stage that comes after it. */
  get next(): number {
    return this.#next;
  }

  get retracing(): boolean {
    return this.#inner.retracing;
  }

  get elapsedBeforeMs(): number {
    return this.#inner.elapsedBeforeMs;
  }

  emit(body: EventBody): void {
    const shared = moved(body, this.#offset);
    if (shared.type === "answer-chosen") {
      this.#chosen = shared;
      return;
    }
    this.#inner.emit(shared);
    applyToTree(this.#tree, { at: 0, ...shared });
    if (shared.type === "tasks-asked") for (const { id } of shared.tasks) this.#count(id);
    else if (shared.type === "step-added") this.#count(shared.node);
  }

  expected(): EventBody | undefined {
    const logged = this.#inner.expected();
    return logged && moved(logged, -this.#offset);
  }

  loggedFailure(task: string): EventOf<"task-told"> | undefined {
    const logged = this.#inner.loggedFailure(movedId(task, this.#offset));
    return logged && { ...logged, task };
  }

  loggedSample(...key: Parameters<Recorder["loggedSample"]>): ReturnType<Recorder["loggedSample"]> {
    return this.#inner.loggedSample(...key);
  }

  #count(id: string): void {
    const ordinal = /^0\.(\d+)/.exec(id)?.[1];
    if (ordinal !== undefined) this.#next = Math.max(this.#next, Number(ordinal) + 1);
  }
}

/** The id of a node or a task with its branch below the root moved on by `offset`, also where a word stands before it. */
export function movedId(id: string, offset: number): string {
  if (id === ROOT || offset === 0) return id;
  return id.replace(/^((?:[a-z-]+:)?0\.)(\d+)/, (_, before: string, ordinal: string) => {
    return `${before}${Number(ordinal) + offset}`;
  });
}

function moved(body: EventBody, offset: number): EventBody {
  if (offset === 0) return body;
  const move = (id: string) => movedId(id, offset);
  switch (body.type) {
    case "tasks-asked": {
      const tasks = body.tasks.map(({ id, kind, node }) => ({ id: move(id), kind, node: move(node) }));
      return { ...body, tasks };
    }
    case "task-told":
      return { ...body, task: move(body.task) };
    case "step-added":
      return { ...body, node: move(body.node), parent: move(body.parent) };
    case "backtracked":
      return { ...body, from: move(body.from), to: move(body.to) };
    case "answer-chosen":
      return body.node === undefined ? body : { ...body, node: move(body.node) };
    case "step-scored":
    case "step-pruned":
    case "thought-cut":
    case "summary-written":
    case "answer-proposed":
      return { ...body, node: move(body.node) };
    default:
      return body;
  }
}
