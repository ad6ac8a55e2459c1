import { InputError } from "../../../thought/errors.ts";
import { isReadable } from "../formats/read-records.ts";

/** A data set on Hugging Face, as named on the command line. */
export interface DataSetName {
  /** `owner/name` */
  repository: string;
  /** A branch, tag or commit; default `main`. */
  revision: string;
  /** What follows: a configuration, a split, or both; each must stand in a file's path as a word. */
  parts: readonly string[];
}

const prefix = "hf:";
const word = /^[\w-][\w.-]*$/;

/** Whether this source is a data set and not a path. */
export function isDataSetName(source: string): boolean {
  return source.startsWith(prefix);
}

/** Reads `hf:owner/name[@revision][/config][/split]`. Throws an InputError that shows the form. */
export function parseDataSetName(source: string): DataSetName {
  const [owner = "", named = "", ...parts] = source.slice(prefix.length).split("/");
  const [name = "", revision = "main", ...more] = named.split("@");
  const words = [owner, name, revision, ...parts];
  if (isDataSetName(source) && more.length === 0 && words.every((each) => word.test(each))) {
    return { repository: `${owner}/${name}`, revision, parts };
  }
  throw new InputError(`"${source}" is no data set; write hf:owner/name[@revision][/config/split]`);
}

/**
 * The files of a data set that its name means: those with every part in their path as a word, case aside. Shards of one
 * file belong together; several files that are not shards need a part that tells them apart, unless parts were given.
 * Throws an InputError that lists the files where none or too many fit.
 */
export function chooseFiles(name: DataSetName, paths: readonly string[]): string[] {
  const readable = paths.filter(isReadable).sort();
  const parts = name.parts.filter((part) => part !== "default");
  const chosen = readable.filter((path) => parts.every((part) => holdsWord(path, part)));
  const unsharded = new Set(chosen.map((path) => path.replace(/-\d{5}-of-\d{5}/, "")));
  if (chosen.length > 0 && (parts.length > 0 || unsharded.size === 1)) return chosen;
  const listed = readable.slice(0, 12).join(", ") + (readable.length > 12 ? ", …" : "");
  const wanted = chosen.length === 0 ? `no file for ${["", ...name.parts].join("/")}` : "several files";
  throw new InputError(
    readable.length === 0
      ? `${name.repository} has no JSON, CSV or Parquet files; download it and name a file`
      : `${name.repository} has ${wanted}; add /config or /split to choose of ${listed}`,
  );
}

function holdsWord(path: string, part: string): boolean {
  const plain = part.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?:^|[/._-])${plain}(?:$|[/._-])`).test(path.toLowerCase());
}
