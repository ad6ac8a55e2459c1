"""Repeats in PyTorch the optimiser steps that verify-training-steps.ts took, and compares losses and weights.

    python3 scripts/verify-training-steps.py FOLDER [--tolerance 1e-4]

Each subfolder holds config.json, before/ and after/model.safetensors, and case.json with the objective, its examples and the
loss. The model is Hugging Face's LlamaForCausalLM, the losses are written as in their papers, the optimiser is torch's
AdamW. Prints the largest differences and leaves with 1 if one exceeds the tolerance.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as functional
from safetensors.torch import load_file
from transformers import LlamaConfig, LlamaForCausalLM


def summed(case, model, head):
    """The loss summed over its units, and how many there are."""
    objective, examples = case["objective"], case["examples"]
    total, units, gains = 0.0, 0, []
    for example in examples:
        ids = torch.tensor([example["ids"]])
        learnt = torch.tensor(example["learnt"], dtype=torch.float32)
        columns = [torch.tensor(column, dtype=torch.float32) for column in example["columns"]]
        if objective["kind"] == "reward":
            hidden = model.model(ids).last_hidden_state[0]
            scores = hidden @ head["reward_head.weight"][0] + head["reward_head.bias"]
            losses = functional.binary_cross_entropy_with_logits(scores, columns[0], reduction="none")
            total, units = total + (losses * learnt).sum(), units + learnt.sum().item()
            continue
        log = functional.log_softmax(model(ids).logits[0, :-1], -1)
        log = log.gather(-1, ids[0, 1:, None])[:, 0]
        learnt, columns = learnt[1:], [column[1:] for column in columns]
        if objective["kind"] == "likelihood":
            total, units = total - (log * learnt).sum(), units + learnt.sum().item()
        elif objective["kind"] == "preference":
            gains.append(((log - columns[0]) * learnt).sum())
        else:
            advantage, before, reference, weight = columns
            ratio = (log - before).exp()
            clipped = ratio.clamp(1 - objective["clip"], 1 + objective["clip"])
            distance = (reference - log).exp() - (reference - log) - 1
            gain = torch.minimum(ratio * advantage, clipped * advantage) - objective["klWeight"] * distance
            total, units = total - (gain * weight * learnt).sum(), units + 1
    for chosen, rejected in zip(gains[::2], gains[1::2]):
        total, units = total - functional.logsigmoid(objective["beta"] * (chosen - rejected)), units + 1
    return total, units


def compare(place):
    case = json.loads((place / "case.json").read_text())
    before, after = (load_file(place / name / "model.safetensors") for name in ("before", "after"))
    config = LlamaConfig(**json.loads((place / "config.json").read_text()))
    model = LlamaForCausalLM(config)
    head = {name: tensor.requires_grad_() for name, tensor in before.items() if name.startswith("reward_head")}
    model.load_state_dict({name: tensor for name, tensor in before.items() if name not in head}, strict=False)
    named = {**{name: weight for name, weight in model.named_parameters()}, **head}
    settings = case["optimiser"]
    groups = [
        {"params": [weight for weight in named.values() if weight.dim() > 1], "weight_decay": settings["weightDecay"]},
        {"params": [weight for weight in named.values() if weight.dim() == 1], "weight_decay": 0.0},
    ]
    adam = torch.optim.AdamW(groups, lr=case["rate"], betas=tuple(settings["betas"]), eps=settings["epsilon"])
    total, units = summed(case, model, head)
    loss = total / units
    loss.backward()
    torch.nn.utils.clip_grad_norm_(named.values(), settings["clip"])
    # A slope that is zero up to rounding moves a weight by a whole step of Adam in either direction: it says nothing.
    clear = {name: weight.grad.abs() > 1e-6 if weight.grad is not None else None for name, weight in named.items()}
    adam.step()
    differences, compared, left = [abs(loss.item() - case["loss"]) / max(1.0, abs(loss.item()))], 0, 0
    for name, weight in named.items():
        if clear[name] is None:
            continue
        apart = (weight.detach() - after[name]).abs()
        differences.append(apart[clear[name]].max().item() if clear[name].any() else 0.0)
        compared, left = compared + int(clear[name].sum()), left + int((~clear[name]).sum())
    print(
        f"{case['objective']['kind']}: loss {loss.item():.6f}, apart by {differences[0]:.1e};"
        f" {compared} weights apart by at most {max(differences[1:]):.1e}, {left} without a slope"
    )
    return max(differences)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tolerance", type=float, default=1e-4)
    options = parser.parse_args()
    places = sorted(path.parent for path in options.folder.glob("*/case.json"))
    worst = max(compare(place) for place in places)
    if not worst <= options.tolerance:
        sys.exit(f"differences exceed {options.tolerance}")


if __name__ == "__main__":
    main()
