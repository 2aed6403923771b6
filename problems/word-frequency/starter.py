def top_words(text: str, limit: int) -> list[str]:
    """The most frequent words in small letters, at most `limit`; the alphabet decides between equally frequent ones."""
    return []
