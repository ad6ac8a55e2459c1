import type { TaskDone, TaskUnfinished } from "./driver.ts";

/**
 * Work that may need several rounds of calls, as the driver takes it: it awaits `turn` before each round but the first,
 * and goes on when it is its task's turn. One turn at a time.
 */
export function inRounds(
  work: (turn: () => Promise<void>) => Promise<TaskDone>,
): Promise<TaskDone | TaskUnfinished> {
  let land: (landed: TaskDone | TaskUnfinished) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const nextLanding = () =>
    new Promise<TaskDone | TaskUnfinished>((resolve, reject) => {
      land = resolve;
      fail = reject;
    });
  const turn = () =>
    new Promise<void>((begin) =>
      land({
        again() {
          const next = nextLanding();
          begin();
          return next;
        },
      }),
    );
  const first = nextLanding();
  work(turn).then(
    (done) => land(done),
    (error: unknown) => fail(error),
  );
  return first;
}
