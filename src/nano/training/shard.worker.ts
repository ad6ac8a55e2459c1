import { z } from "zod";
import { messageOf } from "../../thought/errors.ts";
import { Tokenizer } from "../tokenizer.ts";
import { shardOrderSchema, writeShard } from "./shard.ts";

/** Asks a worker process for one shard. */
const requestSchema = z.object({ folder: z.string(), tokenizer: z.string(), order: shardOrderSchema });

process.on("message", async (message) => {
  try {
    const { folder, tokenizer, order } = requestSchema.parse(message);
    process.send?.({ shard: await writeShard(folder, await Tokenizer.read(tokenizer), order) });
  } catch (error) {
    process.send?.({ failed: messageOf(error) });
  }
});
