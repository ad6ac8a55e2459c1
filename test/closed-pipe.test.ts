import { expect, it } from "vitest";
import { startCli } from "./support/cli-process.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

it("ends quietly when the reader of its output has left, as with `| head -1`", async () => {
  const { process: child, ended } = startCli(["models"], { folder: temporaryFolder() });
  child.stdout?.destroy();
  const { code, err } = await ended;
  expect({ code, err }).toEqual({ code: 0, err: "" });
}, 60_000);
