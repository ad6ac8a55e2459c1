import { buildKernels } from "./kernels.ts";

for (const path of buildKernels()) console.log(`compiled ${path}`);
