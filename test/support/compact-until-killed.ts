import { compactRuns } from "../../src/runs/store/compact-runs.ts";

/** Compacts the runs below a folder, saying each run on stdout, until it is killed or done. */
const [root = ""] = process.argv.slice(2);
process.stdout.write("begun\n");
const { runs } = await compactRuns(root, { onProgress: (at) => process.stdout.write(`${at.runs}\n`) });
process.stdout.write(`done ${runs}\n`);
