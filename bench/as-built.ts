import { existsSync } from "node:fs";

/**
 * A room of the source as it is built, where it is: that is what runs, and tsx makes every function that is made anew dearer.
 *
 * @param room its folder below `src/`, such as `server`
 * @param source imports it from the source, for where there is no build
 */
export async function asBuilt<Room>(
  room: string,
  source: () => Promise<Room>,
): Promise<{ room: Room; isBuilt: boolean }> {
  const built = new URL(`../dist/${room}/index.js`, import.meta.url);
  const isBuilt = existsSync(built);
  return { room: isBuilt ? await import(built.href) : await source(), isBuilt };
}
