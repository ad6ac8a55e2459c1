import { spawn } from "node:child_process";
import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startChild } from "../../test/support/child.ts";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { InputError } from "../thought/errors.ts";
import { isOwned, takeOwnership } from "./lock.ts";

const program = new URL("../../test/support/own-run.ts", import.meta.url);

function lockedBy(content: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "owner.lock"), content);
  return folder;
}

it("owns a folder until it gives it up", () => {
  const folder = temporaryFolder();
  expect(isOwned(folder)).toBe(false);
  const lock = takeOwnership(folder);
  expect(isOwned(folder)).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, "owner.lock"), "utf8"))).toMatchObject({ pid: process.pid });
  lock.release();
  lock.release();
  expect(isOwned(folder)).toBe(false);
  takeOwnership(folder).release();
});

it("does not let one process own a folder twice", () => {
  const folder = temporaryFolder();
  takeOwnership(folder);
  expect(() => takeOwnership(folder)).toThrow(InputError);
  expect(() => takeOwnership(folder)).toThrow(`owned by the running process ${process.pid}`);
});

it("does not let a second process own a folder, and takes it over when the first is killed", {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder();
  const first = startChild(program, folder);
  expect(await first.said(1)).toEqual(["owned"]);
  expect(isOwned(folder)).toBe(true);
  expect(() => takeOwnership(folder)).toThrow(`owned by the running process ${first.process.pid}`);
  await first.kill();
  expect(isOwned(folder)).toBe(false);
  takeOwnership(folder);
  expect(existsSync(join(folder, "owner.lock.taking"))).toBe(false);
});

it("lets just one of many processes take over a dead lock", { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  const dead = startChild(program, folder);
  await dead.said(1);
  await dead.kill();
  const rivals = Array.from({ length: 4 }, () => startChild(program, folder));
  const said = await Promise.all(rivals.map(async (rival) => (await rival.said(1))[0]));
  expect(said.filter((line) => line === "owned")).toHaveLength(1);
  await Promise.all(rivals.map((rival) => rival.kill()));
});

it.runIf(process.platform === "linux")(
  "takes over from a process whose id belongs to another one by now",
  () => {
    const folder = lockedBy(
      JSON.stringify({ pid: process.pid, host: hostname(), started: "another boot/1" }),
    );
    expect(isOwned(folder)).toBe(false);
    takeOwnership(folder);
  },
);

it("does not take over from another machine, and says what to do", () => {
  const folder = lockedBy(JSON.stringify({ pid: 1, host: "elsewhere" }));
  expect(() => takeOwnership(folder)).toThrow(
    /owned by process 1 on elsewhere; if that is gone, remove .*owner\.lock/,
  );
});

it("takes over a lock whose writer was killed before it had content, once it is old", () => {
  const folder = lockedBy("");
  expect(isOwned(folder)).toBe(true);
  const begun = performance.now();
  takeOwnership(folder).release();
  expect(performance.now() - begun).toBeGreaterThan(1500);
  writeFileSync(join(folder, "owner.lock"), "");
  utimesSync(join(folder, "owner.lock"), 1, 1);
  expect(isOwned(folder)).toBe(false);
});

it("does not wait for ever where a lock without content seems to come from the future", () => {
  const folder = lockedBy("");
  const future = Date.now() / 1000 + 3600;
  utimesSync(join(folder, "owner.lock"), future, future);
  expect(() => takeOwnership(folder)).toThrow("try again");
});

it("waits for the content of a lock that is being written", () => {
  const folder = lockedBy("");
  const owner = JSON.stringify({ pid: process.pid, host: hostname() });
  const write = `setTimeout(() => require("fs").writeFileSync(process.argv[1], process.argv[2]), 300)`;
  spawn(process.execPath, ["-e", write, join(folder, "owner.lock"), owner]);
  expect(() => takeOwnership(folder)).toThrow(`owned by the running process ${process.pid}`);
});
