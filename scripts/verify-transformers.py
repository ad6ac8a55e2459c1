"""Compares nano's logits with those of Hugging Face transformers for the same model folder.

    python3 scripts/verify-transformers.py MODEL_FOLDER LOGITS.json [--tolerance 1e-3]

LOGITS.json: {"cases": [{"text": "...", "ids": [..], "logits": [[..], ..]}, ..]}, one row of logits a token, written by
`npx tsx scripts/write-logits.ts`. Checks that transformers' own tokenizer gives the same ids, that decoding gives the
text back, and that all logits agree; prints the largest difference and leaves with 1 if one exceeds the tolerance.
Needs torch and transformers.
"""

import argparse
import json
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("logits")
    parser.add_argument("--tolerance", type=float, default=1e-3)
    options = parser.parse_args()
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    with open(options.logits) as file:
        cases = json.load(file)["cases"]
    largest, failures = 0.0, []
    for case in cases:
        theirs = tokenizer.encode(case["text"], add_special_tokens=False)
        if theirs != case["ids"]:
            failures.append(f"token ids differ for {case['text']!r}: {theirs} and {case['ids']}")
        if tokenizer.decode(case["ids"]) != case["text"]:
            failures.append(f"decoding does not give {case['text']!r} back")
        with torch.no_grad():
            logits = model(torch.tensor([case["ids"]])).logits[0]
        ours = torch.tensor(case["logits"], dtype=torch.float32)
        largest = max(largest, (logits[:, : ours.shape[1]] - ours).abs().max().item())
    if not largest <= options.tolerance:
        failures.append(f"logits differ by more than {options.tolerance}")
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(cases)} cases, largest difference of a logit {largest:.2e}: {'FAILED' if failures else 'equal'}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
