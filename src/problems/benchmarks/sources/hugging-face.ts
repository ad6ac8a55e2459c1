import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { FailureError, InputError, messageOf, SojournError } from "../../../thought/errors.ts";
import { cacheFolder } from "./cache-folder.ts";
import { chooseFiles, type DataSetName } from "./data-set-name.ts";

const HUB = "https://huggingface.co";

/** Where to fetch from and what to stop for. */
export interface FetchOptions {
  /** `HF_ENDPOINT` is the hub or a mirror of it, `SOJOURN_CACHE` the folder for what was fetched. */
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

/** A data set's files on this machine. */
export interface FetchedDataSet {
  /** The commit that they are of. */
  revision: string;
  files: readonly { path: string; local: string }[];
}

const isSafePath = (path: string): boolean =>
  !/[\\\0]/.test(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

const listingSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  siblings: z.array(z.object({ rfilename: z.string().refine(isSafePath, "leaves its folder") })),
});
type Listing = z.infer<typeof listingSchema>;

/**
 * Fetches the files that a name means, once: a branch or tag is pinned to the commit it had when it was first asked for,
 * and later readings need no network. To get a newer one, name its commit or delete the cache. Throws an InputError for
 * a data set or file that does not exist and a FailureError for a network that fails.
 */
export async function fetchDataSet(name: DataSetName, options: FetchOptions = {}): Promise<FetchedDataSet> {
  const environment = options.environment ?? process.env;
  const hub = (environment["HF_ENDPOINT"] || HUB).replace(/\/+$/, "");
  const folder = join(cacheFolder(environment), "data-sets", name.repository);
  const listing = await pinnedListing(name, { hub, folder, signal: options.signal });
  const paths = chooseFiles(
    name,
    listing.siblings.map((file) => file.rfilename),
  );
  const files: { path: string; local: string }[] = [];
  for (const path of paths) {
    const local = join(folder, listing.sha, path);
    if (!existsSync(local)) {
      const encoded = path.split("/").map(encodeURIComponent).join("/");
      const url = `${hub}/datasets/${name.repository}/resolve/${listing.sha}/${encoded}`;
      await download(url, local, options.signal);
    }
    files.push({ path, local });
  }
  return { revision: listing.sha, files };
}

interface Place {
  hub: string;
  folder: string;
  signal: AbortSignal | undefined;
}

async function pinnedListing(name: DataSetName, place: Place): Promise<Listing> {
  const kept = join(place.folder, "revisions", `${name.revision}.json`);
  if (existsSync(kept)) {
    const listing = listingSchema.safeParse(jsonOf(readFileSync(kept, "utf8")));
    if (listing.success) return listing.data;
  }
  const url = `${place.hub}/api/datasets/${name.repository}/revision/${name.revision}`;
  const response = await get(url, place.signal);
  const text = await response.text().catch((error: unknown) => fail(url, error));
  const listing = listingSchema.safeParse(jsonOf(text));
  if (!listing.success) throw new FailureError(`${url} did not list a data set's files; check HF_ENDPOINT`);
  await keep(kept, JSON.stringify(listing.data));
  return listing.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function get(url: string, signal: AbortSignal | undefined): Promise<Response> {
  const response = await fetch(url, { signal: signal ?? null }).catch((error: unknown) => fail(url, error));
  if (response.ok) return response;
  await response.body?.cancel();
  if (response.status === 401 || response.status === 403 || response.status === 404) {
    throw new InputError(
      `${url} answers ${response.status}: no such data set or revision, or it needs a login; ` +
        "check the name, or download its file and name that",
    );
  }
  throw new FailureError(`${url} answers ${response.status}; try again later or set HF_ENDPOINT to a mirror`);
}

function fail(url: string, error: unknown): never {
  if (error instanceof SojournError) throw error;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  throw new FailureError(
    `cannot fetch ${url}: ${messageOf(cause)}; check the network, or name a file on this machine`,
    error,
  );
}

async function download(url: string, local: string, signal: AbortSignal | undefined): Promise<void> {
  const response = await get(url, signal);
  try {
    if (response.body === null) throw new Error("the reply is empty");
    await keep(local, response.body);
  } catch (error) {
    fail(url, error);
  }
}

/** The file stands at its place only when all of it has come. */
async function keep(path: string, content: string | AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(part, content);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    // What the network did comes through the same writing, and is the caller's to tell.
    if (!isOfDisk(error)) throw error;
    throw new FailureError(
      `cannot write ${path}: ${messageOf(error)}; make room, or set SOJOURN_CACHE to another folder`,
      error,
    );
  }
}

function isOfDisk(error: unknown): boolean {
  return (
    error instanceof Error && "syscall" in error && /^(?:mkdir|open|write|rename)/.test(String(error.syscall))
  );
}
