import type { FileHandle } from "node:fs/promises";
import type { SchemaTree } from "hyparquet";
import { messageOf } from "../../../thought/errors.ts";
import { type FoundRecord, oneLine } from "../record.ts";

const magic = "PAR1";
/** A row group that claims to unpack to more than this is refused before memory is asked for it. */
const LARGEST_GROUP = 2 ** 31;

/**
 * The records of a Parquet file in any of its usual compressions, one row group at a time; `line` is the row, from 1.
 * The parser is loaded only here. Whole numbers become numbers where these are exact, else texts; dates become ISO
 * texts.
 */
export async function* readParquet(file: FileHandle): AsyncGenerator<FoundRecord> {
  const { size } = await file.stat();
  const slice = async (start: number, end = size): Promise<ArrayBuffer> => {
    const from = start < 0 ? Math.max(0, size + start) : Math.min(start, size);
    const length = Math.max(0, Math.min(end, size) - from);
    const bytes = new Uint8Array(length);
    if (length > 0) await file.read(bytes, 0, length, from);
    return bytes.buffer;
  };
  if (size < 12 || !(await hasMagic(slice))) {
    yield { line: 1, wrong: "is not Parquet: the file does not begin and end in PAR1" };
    return;
  }
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import("hyparquet");
  const { compressors } = await import("hyparquet-compressors");
  const source = { byteLength: size, slice };
  let row = 0;
  try {
    const metadata = await parquetMetadataAsync(source);
    const columns = leavesOf(parquetSchema(metadata));
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows);
      const bytes = group.columns.reduce(
        (sum, each) => sum + Number(each.meta_data?.total_uncompressed_size ?? 0n),
        0,
      );
      if (!(rows >= 0 && rows < LARGEST_GROUP && bytes < LARGEST_GROUP)) {
        yield { line: row + 1, wrong: "begins a row group that is too large to be true" };
        return;
      }
      // The parser reads all columns at once; the failure of one that no row needs would reach nobody.
      if (columns !== leafNames(group.columns.map((each) => each.meta_data?.path_in_schema))) {
        yield { line: row + 1, wrong: "begins a row group whose columns are not those of the schema" };
        return;
      }
      const options = { file: source, metadata, compressors, rowStart: row, rowEnd: row + rows };
      for (const value of await parquetReadObjects(options)) yield { line: ++row, value: plain(value) };
    }
  } catch (error) {
    yield { line: row + 1, wrong: oneLine(`cannot be read, nor can later rows: ${messageOf(error)}`) };
  }
}

async function hasMagic(slice: (start: number, end?: number) => Promise<ArrayBuffer>): Promise<boolean> {
  const texts = [await slice(0, 4), await slice(-4)].map((bytes) => Buffer.from(bytes).toString("latin1"));
  return texts.every((text) => text === magic);
}

/** The columns as the schema lists them; every row group has to have them in the same order. */
function leavesOf(schema: SchemaTree): string {
  const leaves = (node: SchemaTree): string[][] =>
    node.children.length === 0 ? [node.path] : node.children.flatMap(leaves);
  const names = schema.children.map((child) => child.element.name);
  if (new Set(names).size < names.length) throw new Error("two columns have the same name");
  return leafNames(leaves(schema));
}

function leafNames(paths: readonly (readonly string[] | undefined)[]): string {
  return JSON.stringify(paths);
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return undefined;
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  }
  return value;
}
