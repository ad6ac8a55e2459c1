"""Trains nano with torch: python3 train.py --run FOLDER --data FOLDER [--max-seconds N]

The run folder is prepared and read by the TypeScript side (see ../train.ts and ../../checkpoint.ts):
  config.json                       a Hugging Face LlamaForCausalLM configuration
  recipe.json                       the recipe with all defaults filled in
  checkpoints/step-00000000/        model.safetensors, optimizer.safetensors (m.NAME, v.NAME), trainer_state.json
The data folder holds index.json and the shards: safetensors files with `tokens` (uint16), `segments` (uint8,
0 = padding) and `mask` (uint8, 1 = this token is learnt), each [rows, context].

It prints one JSON object a line: {"kind": "step" | "checkpoint" | "validation" | "note" | "finished", ...}.
Everything that decides the weights (data order, schedule, moments) follows from the step, so a run that was
stopped and resumed with the same number of threads ends with the same weights as one that was not.
"""

import argparse
import json
import math
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import numpy
import torch
import torch.nn.functional as functional
from safetensors.numpy import load_file as load_arrays
from safetensors.torch import load_file, save_file

MASKED = -1e9  # finite, so that a row of padding softmaxes to numbers and not to NaN


def say(kind, **fields):
    print(json.dumps({"kind": kind, **fields}), flush=True)


class Rows:
    """The rows of all shards of one split, one after the other; shards are loaded when first needed."""

    def __init__(self, folder, shards):
        self.files = [folder / shard["file"] for shard in shards]
        self.starts = numpy.cumsum([0] + [shard["rows"] for shard in shards])
        self.count = int(self.starts[-1])
        self.loaded, self.arrays = None, None

    def take(self, first, count):
        """Rows first .. first + count, wrapping at the end, as int64 / float32 tensors for the model."""
        parts = []
        while count > 0:
            row = first % self.count
            shard = int(numpy.searchsorted(self.starts, row, side="right")) - 1
            if shard != self.loaded:
                self.loaded, self.arrays = shard, load_arrays(self.files[shard])
            offset = row - self.starts[shard]
            size = int(min(count, self.starts[shard + 1] - row))
            parts.append([self.arrays[name][offset : offset + size] for name in ("tokens", "segments", "mask")])
            first, count = first + size, count - size
        return batch_of(*(numpy.concatenate(column) for column in zip(*parts)))


def batch_of(tokens, segments, mask):
    """Inputs, targets and their weights, segments, and positions that restart with each segment."""
    rows, context = tokens.shape
    place = numpy.arange(context)
    starts = numpy.ones((rows, context), dtype=bool)
    starts[:, 1:] = segments[:, 1:] != segments[:, :-1]
    positions = place - numpy.maximum.accumulate(numpy.where(starts, place, 0), axis=1)
    targets = numpy.zeros((rows, context), dtype=numpy.int64)
    targets[:, :-1] = tokens[:, 1:]
    weights = numpy.zeros((rows, context), dtype=numpy.float32)
    weights[:, :-1] = (mask[:, 1:] == 1) & (segments[:, 1:] == segments[:, :-1])
    return {
        "tokens": torch.from_numpy(tokens.astype(numpy.int64)),
        "targets": torch.from_numpy(targets),
        "weights": torch.from_numpy(weights),
        "segments": torch.from_numpy(segments.astype(numpy.int64)),
        "positions": torch.from_numpy(positions.astype(numpy.float32)),
    }


def rms_norm(x, weight, epsilon):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon) * weight


def rotate(x, cosine, sine):
    first, second = x.chunk(2, -1)
    return torch.cat((first * cosine - second * sine, second * cosine + first * sine), -1)


def forward(weights, config, tokens, segments, positions):
    """Logits [rows, context, vocabulary] of the Llama architecture, attention kept inside each segment."""
    rows, context = tokens.shape
    hidden, heads = config["hidden_size"], config["num_attention_heads"]
    epsilon, size = config["rms_norm_eps"], config["hidden_size"] // config["num_attention_heads"]
    exponents = torch.arange(0, size, 2, device=tokens.device) / size
    angles = positions[:, None, :, None] * config["rope_theta"] ** -exponents
    cosine, sine = angles.cos(), angles.sin()
    causal = torch.ones(context, context, dtype=torch.bool, device=tokens.device).tril()
    visible = (segments[:, None, :, None] == segments[:, None, None, :]) & causal
    bias = torch.where(visible, 0.0, MASKED)
    x = functional.embedding(tokens, weights["model.embed_tokens.weight"])
    for layer in range(config["num_hidden_layers"]):
        def of(name):
            return weights[f"model.layers.{layer}.{name}.weight"]

        projections = torch.cat([of(f"self_attn.{name}_proj") for name in "qkv"])
        mixed = functional.linear(rms_norm(x, of("input_layernorm"), epsilon), projections)
        query, key, value = mixed.view(rows, context, 3, heads, size).permute(2, 0, 3, 1, 4)
        query, key = rotate(query, cosine, sine), rotate(key, cosine, sine)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        x = x + functional.linear(seen.transpose(1, 2).reshape(rows, context, hidden), of("self_attn.o_proj"))
        gates = torch.cat([of("mlp.gate_proj"), of("mlp.up_proj")])
        gate, up = functional.linear(rms_norm(x, of("post_attention_layernorm"), epsilon), gates).chunk(2, -1)
        x = x + functional.linear(functional.silu(gate) * up, of("mlp.down_proj"))
    return functional.linear(rms_norm(x, weights["model.norm.weight"], epsilon), weights["model.embed_tokens.weight"])


def summed_loss(weights, config, tokens, targets, learnt, segments, positions):
    """The cross-entropy summed over the learnt tokens."""
    logits = forward(weights, config, tokens, segments, positions)
    losses = functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none")
    return (losses * learnt.flatten()).sum()


def learning_rate(optimiser, step, steps):
    """Linear warm-up, then a cosine down to the final fraction of the peak."""
    if step < optimiser["warmUpSteps"]:
        return optimiser["learningRate"] * (step + 1) / optimiser["warmUpSteps"]
    done = (step - optimiser["warmUpSteps"]) / max(1, steps - optimiser["warmUpSteps"])
    share = optimiser["finalFraction"] + (1 - optimiser["finalFraction"]) * (1 + math.cos(math.pi * min(1, done))) / 2
    return optimiser["learningRate"] * share


def newest_checkpoint(run):
    """The last complete checkpoint; folders are renamed into place, so what has the name is complete."""
    return sorted((run / "checkpoints").glob("step-????????"))[-1]


def make_optimiser(weights, settings, folder, step):
    """AdamW that decays matrices only, with the moments of the checkpoint if it has any."""
    decayed = [weight for weight in weights.values() if weight.dim() > 1]
    kept = [weight for weight in weights.values() if weight.dim() == 1]
    groups = [{"params": decayed, "weight_decay": settings["weightDecay"]}, {"params": kept, "weight_decay": 0.0}]
    adam = torch.optim.AdamW(groups, lr=settings["learningRate"], betas=tuple(settings["betas"]), eps=settings["epsilon"], fused=True)
    moments = folder / "optimizer.safetensors"
    if moments.exists():
        saved = load_file(moments)
        for name, weight in weights.items():
            device = weight.device
            adam.state[weight] = {
                "step": torch.tensor(float(step), device=device),
                "exp_avg": saved[f"m.{name}"].to(device),
                "exp_avg_sq": saved[f"v.{name}"].to(device),
            }
    return adam


def save_checkpoint(run, weights, adam, state, keep):
    """Writes a checkpoint beside its final name, renames it, and refreshes the model in the run folder."""
    name = f"step-{state['step']:08d}"
    temporary, final = run / "checkpoints" / f"{name}.partial", run / "checkpoints" / name
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    plain = {name: weight.detach().cpu().contiguous() for name, weight in weights.items()}
    save_file(plain, temporary / "model.safetensors", metadata={"format": "pt"})
    moments = {}
    for weight_name, weight in weights.items():
        moments[f"m.{weight_name}"] = adam.state[weight]["exp_avg"].cpu().contiguous()
        moments[f"v.{weight_name}"] = adam.state[weight]["exp_avg_sq"].cpu().contiguous()
    save_file(moments, temporary / "optimizer.safetensors")
    (temporary / "trainer_state.json").write_text(json.dumps(state, indent=2) + "\n")
    shutil.rmtree(final, ignore_errors=True)
    temporary.rename(final)
    partial = run / "model.safetensors.partial"
    shutil.copyfile(final / "model.safetensors", partial)
    os.replace(partial, run / "model.safetensors")
    for old in sorted((run / "checkpoints").glob("step-????????"))[:-keep]:
        shutil.rmtree(old)
    say("checkpoint", step=state["step"], folder=str(final))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--max-seconds", type=float, default=math.inf)
    parser.add_argument("--max-steps", type=int, default=None, help="stop early after this step; the schedule does not change")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--compile", choices=["auto", "off"], default=os.environ.get("SOJOURN_TORCH_COMPILE", "auto"))
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    run, device = options.run, options.device
    config, recipe = (json.loads((run / name).read_text()) for name in ("config.json", "recipe.json"))
    settings, training = recipe["optimiser"], recipe["training"]
    index = json.loads((options.data / "index.json").read_text())
    rows, held_out = Rows(options.data, index["train"]), Rows(options.data, index["validation"])
    context = index["context"]
    batch_rows, shards = settings["batchTokens"] // context, training["logicalShards"]
    steps = recipe["data"]["tokens"] // (batch_rows * context)

    folder = newest_checkpoint(run)
    state = json.loads((folder / "trainer_state.json").read_text())
    weights = {name: tensor.to(device).requires_grad_() for name, tensor in load_file(folder / "model.safetensors").items()}
    adam = make_optimiser(weights, settings, folder, state["step"])

    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.append("stopped"))

    loss_of = summed_loss
    if options.compile == "auto":
        compiled = torch.compile(summed_loss, dynamic=False)

        def loss_of(*given):
            nonlocal loss_of
            try:
                return compiled(*given)
            except Exception as error:  # a missing C++ compiler, most often
                say("note", text=f"torch.compile does not work here, going on without ({str(error).splitlines()[0]})")
                loss_of = summed_loss
                return summed_loss(*given)

    def losses(batch, part, parts):
        """The summed loss of one logical shard of a batch, and how many tokens it learns."""
        size = batch["tokens"].shape[0] // parts
        columns = ("tokens", "targets", "weights", "segments", "positions")
        return loss_of(weights, config, *(batch[name][part * size : (part + 1) * size].to(device) for name in columns))

    def validation_loss():
        total, learnt, size = 0.0, 0.0, batch_rows // shards
        with torch.no_grad():
            for first in range(0, min(held_out.count - size + 1, training["validationRows"]), size):
                batch = held_out.take(first, size)
                total += losses(batch, 0, 1).item()
                learnt += batch["weights"].sum().item()
        return total / max(1, learnt)

    def save():
        seconds = before + time.monotonic() - began
        saved = {**state, "elapsedSeconds": seconds, "seed": recipe["seed"]}
        save_checkpoint(run, weights, adam, saved, training["keepCheckpoints"])

    parent = os.getppid()
    before, began = state["elapsedSeconds"], time.monotonic()
    saved_at = reported_at = began
    reported_step, recent, norm = state["step"], [], 0.0
    last = min(steps, options.max_steps or steps)
    while state["step"] < last and not stopping:
        step = state["step"]
        batch = rows.take(state["row"], batch_rows)
        learnt = batch["weights"].sum().item()
        total = 0.0
        for shard in range(shards):
            loss = losses(batch, shard, shards) / learnt
            loss.backward()
            total += loss.item()
        norm = torch.nn.utils.clip_grad_norm_(weights.values(), settings["clip"]).item()
        for group in adam.param_groups:
            group["lr"] = learning_rate(settings, step, steps)
        adam.step()
        adam.zero_grad(set_to_none=True)
        if not math.isfinite(total):
            sys.exit(f"the loss became {total} at step {step}: lower optimiser.learningRate")
        recent.append(total)
        state.update(step=step + 1, row=state["row"] + batch_rows, tokens=state["tokens"] + batch_rows * context)

        now = time.monotonic()
        if state["step"] % training["reportSteps"] == 0 or state["step"] == last:
            speed = (state["step"] - reported_step) * batch_rows * context / (now - reported_at)
            say(
                "step", step=state["step"], steps=steps, loss=sum(recent) / len(recent), tokens=state["tokens"],
                tokensPerSecond=speed, learningRate=learning_rate(settings, step, steps), gradientNorm=norm,
                elapsedSeconds=before + now - began, remainingSeconds=(steps - state["step"]) * batch_rows * context / speed,
            )
            reported_at, reported_step, recent = now, state["step"], []
        if held_out.count and (state["step"] % training["validationSteps"] == 0 or state["step"] == steps):
            say("validation", step=state["step"], loss=validation_loss())
        if now - began > options.max_seconds:
            stopping.append("time")
        if os.getppid() != parent:  # whoever reads these lines is gone
            stopping.append("stopped")
        if now - saved_at > training["checkpointMinutes"] * 60:
            save()
            saved_at = now
    save()
    say("finished", step=state["step"], steps=steps, reason=stopping[0] if stopping else "steps")


if __name__ == "__main__":
    main()
