import { InputError } from "../../thought/errors.ts";
import { nearestName } from "../../thought/nearest-name.ts";
import type { ExportFormat } from "./format.ts";
import { llamaFactoryDpoFormat, llamaFactorySftFormat } from "./llama-factory.ts";
import { mathShepherdFormat } from "./math-shepherd.ts";
import { o1JourneyFormat } from "./o1-journey.ts";
import { prm800kFormat } from "./prm800k.ts";
import { trlDpoFormat, trlSftFormat } from "./trl.ts";

/** Every form in which data sets can be written for others. */
export const exportFormats: readonly ExportFormat[] = [
  o1JourneyFormat,
  trlSftFormat,
  trlDpoFormat,
  llamaFactorySftFormat,
  llamaFactoryDpoFormat,
  prm800kFormat,
  mathShepherdFormat,
];

/** The format of this name. Throws an InputError that names the nearest one. */
export function findExportFormat(name: string): ExportFormat {
  const found = exportFormats.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = exportFormats.map((format) => format.name);
  const near = nearestName(name, names);
  throw new InputError(
    `no format "${name}"; ${near === undefined ? `there are ${names.join(", ")}` : `did you mean ${near}?`}`,
  );
}
