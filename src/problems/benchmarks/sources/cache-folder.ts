import { resolve } from "node:path";

/** The folder in which fetched data sets are kept: `SOJOURN_CACHE`, else `.cache/sojourn`. Absolute; it need not exist. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  return resolve(environment["SOJOURN_CACHE"] || ".cache/sojourn");
}
