"""Questions as they are typed in haste: `python -m evaluations.benchmarks.telegraphic QUESTIONS.jsonl [--seed N]`.

No accent, capital, apostrophe, punctuation or small word is left, and about one word of four has a slip of the keys.
Prints one question a line, in the order of the file.
"""

import argparse
import random
import re
import sys
from pathlib import Path

from evaluations.questions import load_questions
from index import STOP_WORDS, fold

SLIP_SHARE = 0.25  # of the words that may have one
_SHORTEST = 5  # letters of a word that may have a slip
_WORD = re.compile(r"[^\W_]+")
_AZERTY = ("azertyuiop", "qsdfghjklm", "wxcvbn")


def degraded(question: str, seed: int) -> str:
    """The question typed in haste: always the same for the same seed. Words with a digit stay as they are."""
    chance = random.Random(f"{seed} {question}")
    typed = _WORD.findall(fold(question.casefold()))
    kept = [word for word in typed if word not in STOP_WORDS] or typed
    return " ".join(_slipped(word, chance) if chance.random() < SLIP_SHARE else word for word in kept)


def _slipped(word: str, chance: random.Random) -> str:
    """A word with one slip: two letters swapped, one dropped, doubled, or struck on the next key of its row."""
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    place = chance.randrange(len(word) - 1)
    before, letter, following, after = word[:place], word[place], word[place + 1], word[place + 2 :]
    slips = [
        before + following + letter + after,
        before + following + after,
        before + letter + letter + following + after,
        *(before + key + following + after for key in neighbours(letter)),
    ]
    return chance.choice([slip for slip in slips if slip != word])


def neighbours(letter: str) -> str:
    """The keys on either side of a letter on a French keyboard; none for another sign."""
    row = next((row for row in _AZERTY if letter in row), "")
    place = row.find(letter)
    return row[max(place - 1, 0) : place] + row[place + 1 : place + 2] if row else ""


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("questions", type=Path)
    cli.add_argument("--seed", type=int, default=2026)
    args = cli.parse_args()
    for record in load_questions([args.questions]):
        sys.stdout.write(degraded(record.question, args.seed) + "\n")


if __name__ == "__main__":
    main()
