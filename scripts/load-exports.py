"""Loads exports with Hugging Face `datasets`: python scripts/load-exports.py FOLDER, after `pip install datasets`.

FOLDER holds what `sojourn export ... --parquet` wrote, one folder a format. Prints the columns of each file.
"""

import sys
from pathlib import Path

import datasets

datasets.disable_progress_bars()
print("datasets", datasets.__version__)
root = Path(sys.argv[1])
for path in sorted([*root.rglob("*.jsonl"), *root.rglob("*.parquet")]):
    kind = "parquet" if path.suffix == ".parquet" else "json"
    rows = datasets.load_dataset(kind, data_files=str(path), split="train")
    print(path.relative_to(root), rows.num_rows, ", ".join(rows.features))
