import { describe, expect, it } from "vitest";
import { chooseFiles, parseDataSetName } from "./data-set-name.ts";

const choose = (source: string, paths: readonly string[]): string[] =>
  chooseFiles(parseDataSetName(source), paths);

describe("the name of a data set", () => {
  it("has a revision, a configuration and a split behind it, or none of them", () => {
    expect(parseDataSetName("hf:some/set-1.2")).toEqual({
      repository: "some/set-1.2",
      revision: "main",
      parts: [],
    });
    expect(parseDataSetName("hf:some/set@v1.0/main/test")).toEqual({
      repository: "some/set",
      revision: "v1.0",
      parts: ["main", "test"],
    });
  });

  it.each(["hf:alone", "hf:a/b@c@d", "hf:../../etc/passwd", "hf:a/b@../x", "hf:a/b/", "hf:a/b?c", "a/b"])(
    "cannot be %s",
    (source) => {
      expect(() => parseDataSetName(source)).toThrow("write hf:owner/name[@revision][/config/split]");
    },
  );

  it("means the files with its parts in their paths as words, all shards of them", () => {
    const paths = [
      "README.md",
      "main/test-00001-of-00002.parquet",
      "main/test-00000-of-00002.parquet",
      "main/train-00000-of-00001.parquet",
      "other/test-00000-of-00001.parquet",
    ];
    expect(choose("hf:a/b/main/test", paths)).toEqual([paths[2], paths[1]]);
    expect(choose("hf:a/b/TRAIN", paths)).toEqual([paths[3]]);
    expect(choose("hf:a/b/test", paths)).toEqual([paths[2], paths[1], paths[4]]);
    expect(() => choose("hf:a/b/mai", paths)).toThrow("a/b has no file for /mai; add /config or /split");
    expect(() => choose("hf:a/b", paths)).toThrow(
      "a/b has several files; add /config or /split to choose of main/",
    );
  });

  it("needs no parts where there is but one file, and says so where there is none to read", () => {
    expect(choose("hf:a/b", [".gitattributes", "math-shepherd.jsonl"])).toEqual(["math-shepherd.jsonl"]);
    expect(choose("hf:a/b/default/test", ["x.csv", "test.csv"])).toEqual(["test.csv"]);
    expect(() => choose("hf:a/b", ["data.arrow"])).toThrow("has no JSON, CSV or Parquet files; download it");
  });
});
