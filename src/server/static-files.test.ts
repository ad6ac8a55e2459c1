import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { staticFiles } from "./static-files.ts";

test("files are served as they are, every other path gets the index, and hashed names are kept for good", async () => {
  const folder = join(temporaryFolder(), "studio");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "<title>studio</title>");
  writeFileSync(join(folder, "assets", "main-1a2b.js"), "1;");
  writeFileSync(join(folder, "..", "secret.txt"), "secret");
  const app = staticFiles(folder);
  const script = await app.request("/assets/main-1a2b.js");
  expect(await script.text()).toBe("1;");
  expect(script.headers.get("cache-control")).toContain("immutable");
  for (const path of [
    "/",
    "/runs/1?node=0.2",
    "/assets/nothing.js",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
  ]) {
    const page = await app.request(path);
    expect(await page.text(), path).toBe("<title>studio</title>");
    expect(page.headers.get("cache-control")).toBe("no-cache");
  }
});

test("without a build the page says how to make one", async () => {
  const page = await staticFiles(join(temporaryFolder(), "nothing")).request("/");
  expect(page.status).toBe(404);
  expect(await page.text()).toContain("npm run build");
});
