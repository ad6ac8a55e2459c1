/**
 * The milliseconds of processor time that some work takes, waits and other programs not counted: the least of a few
 * tries, since this process collects garbage and compiles beside it. Stops trying once it is less than `enough`.
 */
export async function processorTime(work: () => unknown, enough = 0): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4 && least >= enough; attempt++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
