export type { NanoConfig } from "./config.ts";
export type { NanoSample, TokenEvent } from "./decoder/generation.ts";
export { type GenerateOptions, loadNano, type Nano } from "./decoder/nano.ts";
export { type NanoModelOptions, nanoModel } from "./language-model.ts";
export { Tokenizer } from "./tokenizer.ts";
export { type Recipe, readRecipe } from "./training/recipe.ts";
export { type TrainNanoOptions, trainNano } from "./training/train.ts";
