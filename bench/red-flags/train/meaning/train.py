"""Learns what words mean for the red flags, on top of a sentence encoder, and writes it where the agent reads it.

    node bench/red-flags/train/meaning/rows.ts > rows.jsonl
    python bench/red-flags/train/meaning/train.py rows.jsonl apps/agent/model apps/agent/src/meaning/flags.onnx [all]

The first layers stay as they are, so their part is worked out once. 400 of the lines and the first set are not learned from: after each round it
prints recall and false alarms on them, by threshold. With `all` nothing is kept apart, and nothing printed.
"""

import json
import math
import random
import re
import sys

import torch
from encoder import LAYERS, WIDTH, Changed, Encoder, read_weights
from graph import write_graph
from tokenizers import Tokenizer
from torch import nn

FLAGS = ["chest-pain", "breathing", "stroke", "self-harm", "bleeding", "allergic", "overdose", "unconscious", "pregnancy", "infection"]
ENCODER, TOKENIZER = "all-minilm-l6-v2-q.onnx", "all-minilm-l6-v2-q-tokenizer.json"
FIRST, RANK, ROUNDS, BATCH, RATE = LAYERS - 3, 16, 4, 24, 2e-3
THRESHOLDS = [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9]
chance = random.Random(1)


def plain(said):
    """As the agent's word-pieces.ts."""
    return " ".join(re.sub(r"[^a-z0-9' ]+", " ", said.lower()).split())


def divide(rows, keep):
    """What is learned from, and what it is judged by (`keep` of the lines, and with it the first set). 700 lines have a plain answer before or behind."""
    by = {}
    for row in rows:
        by.setdefault(row["from"], []).append((row["said"], row["flags"]))
    chance.shuffle(by["lines"])
    judged = {"lines": by["lines"][:keep], "first": by["first"]} if keep else {}
    unseen = {said for lines in judged.values() for said, _ in lines}
    learned = [one for one in by["lines"] + by["first"] + by["second"] if one[0] not in unseen]
    chance.shuffle(by["plain"])
    answers = by["answers"] + by["plain"][:1200]
    mixed = []
    for said, flags in chance.sample(learned, 700):
        other = chance.choice(answers)[0]
        mixed.append((f"{said} {other}" if chance.random() < 0.5 else f"{other} {said}", flags))
    heard = [(row["said"], row["flags"]) for row in rows if row["from"] == "heard" and row["of"] not in unseen and len(row["said"].split()) > 3]
    return learned + answers + heard + mixed, judged


class Words:
    """Lines as the first layers leave them, ready to be put together."""

    def __init__(self, encoder, tokenizer, lines):
        self.wanted = torch.tensor([[float(flag in flags) for flag in FLAGS] for _, flags in lines])
        ids = [tokenizer.encode(plain(said)).ids for said, _ in lines]
        self.hidden = [None] * len(ids)
        order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
        with torch.no_grad():
            for start in range(0, len(order), 64):
                some = order[start : start + 64]
                mask, padded = self.pad([torch.tensor(ids[at]) for at in some])
                hidden = encoder.embed(padded)
                for layer in range(FIRST):
                    hidden = encoder.layer(hidden, mask, layer)
                for row, at in enumerate(some):
                    self.hidden[at] = hidden[row, : len(ids[at])].clone()

    @staticmethod
    def pad(rows):
        padded = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        mask = torch.tensor([[float(at < len(row)) for at in range(padded.shape[1])] for row in rows])
        return mask, padded

    def batch(self, some):
        mask, hidden = self.pad([self.hidden[at] for at in some])
        return hidden, mask, self.wanted[some]

    def batches(self):
        """Lines of like length together."""
        order = list(range(len(self.hidden)))
        chance.shuffle(order)
        batches = []
        for start in range(0, len(order), BATCH * 16):
            near = sorted(order[start : start + BATCH * 16], key=lambda at: len(self.hidden[at]))
            batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
        chance.shuffle(batches)
        return batches


def learn(changed, words, after):
    steps = ROUNDS * math.ceil(len(words.hidden) / BATCH)
    optimizer = torch.optim.AdamW(changed.parameters(), lr=RATE, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps))
    loss = nn.BCEWithLogitsLoss(pos_weight=torch.full((len(FLAGS),), 1.5))
    for number in range(ROUNDS):
        changed.train()
        for some in words.batches():
            hidden, mask, wanted = words.batch(some)
            error = 10 * loss(changed(hidden, mask), wanted * 0.98 + 0.002)
            optimizer.zero_grad()
            error.backward()
            nn.utils.clip_grad_norm_(changed.parameters(), 1.0)
            optimizer.step()
            rate.step()
        after(number)


def show(changed, name, words):
    changed.eval()
    with torch.no_grad():
        found = torch.cat([torch.sigmoid(changed(*words.batch([at])[:2])) for at in range(len(words.hidden))])
    wanted = words.wanted > 0
    has = wanted.any(1)
    for least in THRESHOLDS:
        fires = found >= least
        caught, false = (fires & wanted).any(1)[has], fires.any(1)[~has]
        print(f"  {name} from {least}: recall {int(caught.sum())}/{len(caught)}, false alarms {int(false.sum())}/{len(false)}")


def main(rows, folder, out, kept="some"):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    with open(rows) as file:
        learned, judged = divide([json.loads(line) for line in file], 0 if kept == "all" else 400)
    tokenizer = Tokenizer.from_file(f"{folder}/{TOKENIZER}")
    tokenizer.no_padding()
    tokenizer.enable_truncation(64)
    encoder = Encoder(read_weights(f"{folder}/{ENCODER}"))
    changed = Changed(encoder, FIRST, RANK, len(FLAGS))
    held = {name: Words(encoder, tokenizer, lines) for name, lines in judged.items()}

    def after(number):
        print(f"round {number + 1}", flush=True)
        for name, words in held.items():
            show(changed, name, words)
        write_graph(f"{folder}/{ENCODER}", ENCODER, changed, FLAGS, out)

    learn(changed, Words(encoder, tokenizer, learned), after)


if __name__ == "__main__":
    main(*sys.argv[1:])
