import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventBody, Task } from "../thought/event.ts";
import { fold } from "../thought/fold.ts";
import { foldTrees } from "../thought/fold-tree.ts";
import { Random } from "../thought/random.ts";
import { latestScore, Tree, type TreeNode } from "../thought/tree.ts";
import { drive } from "./driver.ts";
import { MemoryRecorder } from "./memory-recorder.ts";
import { NODE_ID, scoreTaskId } from "./node-id.ts";
import { type ScriptedWorld, scriptedResult, scriptedWork } from "./scripted-work.ts";
import type { Search, TreeChange } from "./search.ts";

/** One search as the suite drives it. */
interface Game extends ScriptedWorld {
  slots: number;
}

const games: fc.Arbitrary<Game> = fc.record({
  seed: fc.nat(),
  slots: fc.integer({ min: 1, max: 16 }),
  failures: fc.constantFrom(0, 0.2, 0.6, 1),
});

/** More tells than any search of the suite needs: one that asks for ever fails instead of hanging. */
const MOST_TELLS = 20_000;

/** What a search's suite has to know of it. */
interface Conduct {
  /**
   * Whether the search may be finished while tasks are in flight, which the driver then cancels. Default false: it
   * finishes only once everything it asked for is told.
   */
  stopsEarly?: boolean | undefined;
}

/**
 * What every search has to keep to, whatever comes back and in whatever order. Each algorithm's test calls it with a
 * small instance (some tens of tasks).
 *
 * @param make a new search
 * @param scoreOf by what the search ranks its answers; default a leaf's newest score
 */
export function searchConformance(
  make: () => Search,
  scoreOf: (leaf: TreeNode) => number | undefined = (leaf) => latestScore(leaf)?.value,
  { stopsEarly = false }: Conduct = {},
): void {
  describe("keeps to what every search has to", () => {
    test("asks for at most as many tasks as there are slots, and for nothing once it is finished", () => {
      check((game) => {
        play(make(), game, {
          asked: (tasks, free) => expect(tasks.length).toBeLessThanOrEqual(free),
          ended: (search) => expect(search.ask(game.slots)).toEqual([]),
        });
      });
    });

    test("gives every task and node an id of its own, of the documented form", () => {
      check((game) => {
        const seen = new Set<string>();
        const search = make();
        play(search, game, {
          asked(tasks) {
            for (const { id, kind, node } of tasks) {
              expect(seen.has(id), `${id} is asked for twice`).toBe(false);
              seen.add(id);
              expect(search.tree.find(node), `${id} is about a node that is not there`).toBeDefined();
              if (kind === "score") expect(id).toBe(scoreTaskId(node));
              else expect(id.replace(/\.\d+$/, "")).toBe(node);
            }
          },
        });
        for (const { id } of search.tree.nodes()) expect(id).toMatch(NODE_ID);
      });
    });

    const once = stopsEarly ? "" : ", and only once everything it asked for is told";
    test(`finishes, failed tasks or not${once}`, () => {
      check((game) => {
        const search = make();
        expect(search.finished).toBe(false);
        play(search, game, {
          told(awaited) {
            if (awaited > 0 && !stopsEarly) expect(search.finished).toBe(false);
          },
          ended: () => expect(search.finished).toBe(true),
        });
      });
    });

    test("asks the same and grows the same tree after the same tells", () => {
      check((game) => expect(transcript(make(), game)).toEqual(transcript(make(), game)));
    });

    test("has an answered leaf of its tree as best, or none, and never trades it for a worse one", () => {
      check((game) => {
        const search = make();
        let standing = Number.NEGATIVE_INFINITY;
        play(search, game, {
          told() {
            const best = search.best();
            if (best === undefined) {
              expect(standing).toBe(Number.NEGATIVE_INFINITY);
              return;
            }
            expect(search.tree.get(best.id)).toBe(best);
            expect(best.answer).toBeDefined();
            expect(best.children).toEqual([]);
            const score = scoreOf(best) ?? -1;
            expect(score).toBeGreaterThanOrEqual(standing);
            standing = score;
          },
        });
      });
    });

    test("reports every change of its tree", () => {
      check((game) => {
        const search = make();
        const changes: TreeChange[] = [];
        play(search, game, { changed: (more) => changes.push(...more) });
        expect(foldedTree(changes)).toEqual(nodesOf(search.tree));
      });
    });

    test("ends in the same events when it is cut after any event and retraced, told in the order asked", async () => {
      await checkDriven(2, async (game) => {
        const whole = await driven(make(), game, "asked");
        for (let cut = 0; cut <= whole.length; cut++) {
          expect(await driven(make(), game, "asked", whole.slice(0, cut))).toEqual(whole);
        }
      });
    });

    test("keeps what is logged when it is cut after any event and retraced, told as results arrive", async () => {
      await checkDriven(2, async (game) => {
        const whole = await driven(make(), game, "arrival");
        for (let cut = 0; cut <= whole.length; cut++) {
          const again = await driven(make(), game, "arrival", whole.slice(0, cut));
          expect(again.slice(0, cut)).toEqual(whole.slice(0, cut));
        }
        expect(await driven(make(), game, "arrival", whole)).toEqual(whole);
      });
    });

    test("leads to the same events whatever arrives first, told in the order asked", async () => {
      await checkDriven(10, async (game) => {
        expect(await driven(make(), game, "asked")).toEqual(await driven(make(), game, "asked"));
      });
    });
  });
}

function check(property: (game: Game) => void): void {
  const judged = fc.property(games, (game) => {
    property(game);
  });
  fc.assert(judged, { numRuns: 60 });
}

async function checkDriven(numRuns: number, property: (game: Game) => Promise<void>): Promise<void> {
  await fc.assert(fc.asyncProperty(games, property), { numRuns });
}

interface Watcher {
  asked?(tasks: Task[], free: number): void;
  told?(awaited: number): void;
  changed?(changes: TreeChange[]): void;
  ended?(search: Search): void;
}

/**
 * Plays a search to its end without the driver: results are told in a random order, and as with the driver nothing more
 * is told once it is finished.
 */
function play(search: Search, game: Game, watch: Watcher): void {
  const random = new Random(game.seed).fork("tells");
  const awaited: Task[] = [];
  for (let tells = 0; tells < MOST_TELLS; tells++) {
    const free = game.slots - awaited.length;
    const asked = search.ask(free);
    watch.asked?.(asked, free);
    awaited.push(...asked);
    const [task] = awaited.splice(random.integer(0, awaited.length - 1), 1);
    if (task === undefined) {
      watch.ended?.(search);
      return;
    }
    const changes = search.tell(scriptedResult(task, game));
    watch.changed?.(changes);
    watch.told?.(awaited.length);
    if (search.finished) awaited.length = 0;
  }
  throw new Error(`the search has not ended after ${MOST_TELLS} tells`);
}

function transcript(search: Search, game: Game): unknown[] {
  const lines: unknown[] = [];
  play(search, game, { asked: (tasks) => lines.push(tasks), changed: (changes) => lines.push(changes) });
  return [...lines, search.best()?.id];
}

let drives = 0;

/** The events of one drive; every drive has another order of arrival. */
async function driven(
  search: Search,
  game: Game,
  order: "arrival" | "asked",
  logged: readonly EventBody[] = [],
): Promise<EventBody[]> {
  const recorder = new MemoryRecorder(logged);
  const work = scriptedWork(game, new Random(drives++));
  const { signal } = new AbortController();
  const { ended } = await drive(search, { slots: game.slots, order, recorder, signal, work });
  expect(ended).toBe("finished");
  expect(recorder.retracing).toBe(false);
  expect(foldedTree(recorder.events)).toEqual(nodesOf(search.tree));
  return recorder.events;
}

function foldedTree(bodies: readonly EventBody[]) {
  const events = bodies.map((body) => ({ ...body, at: 0, question: "q" }));
  return nodesOf(fold(foldTrees, events).get("q") ?? new Tree());
}

function nodesOf(tree: Tree) {
  return [...tree.nodes()].map(({ parent, children, ...node }) => ({
    ...node,
    parent: parent?.id,
    children: children.map(({ id }) => id),
  }));
}
