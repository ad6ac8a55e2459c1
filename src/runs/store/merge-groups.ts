/**
 * Files below this size are brought together once there are many of them, up to the other size: every file takes its time at
 * every question, and is written anew when a run of it goes.
 */
const SMALL_BYTES = 64 << 20;
const MOST_BYTES = 128 << 20;
const MANY_SMALL = 8;

/**
 * Which files become one: neighbours only, so that newer rows stay before older ones. Returns all files in their order, in
 * groups; a file that stays as it is is a group of its own, and all do where few are small.
 */
export function mergeGroups<File>(files: readonly File[], bytesOf: (file: File) => number): File[][] {
  const sized = files.map((file) => ({ file, bytes: bytesOf(file) }));
  if (sized.filter(({ bytes }) => bytes < SMALL_BYTES).length < MANY_SMALL)
    return files.map((file) => [file]);
  const groups: File[][] = [];
  /** Bytes of the last group. */
  let size = MOST_BYTES;
  for (const { file, bytes } of sized) {
    if (bytes < SMALL_BYTES && size + bytes <= MOST_BYTES) {
      groups.at(-1)?.push(file);
      size += bytes;
    } else {
      groups.push([file]);
      size = bytes < SMALL_BYTES ? bytes : MOST_BYTES;
    }
  }
  return groups;
}
