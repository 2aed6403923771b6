import re
from collections import Counter


def top_words(text: str, limit: int) -> list[str]:
    """The most frequent words in small letters, at most `limit`; the alphabet decides between equally frequent ones."""
    counts = Counter(re.findall(r"[a-z]+", text.lower()))
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return ranked[:limit]
