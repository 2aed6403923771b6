import re

ENTRY = re.compile(
    r"""
    (?P<key> [^\s=]+ )
    (?: = (?: " (?P<quoted> (?: \\. | [^"\\] )* ) "
            | (?P<plain> \S* ) ) )?
    """,
    re.VERBOSE,
)


def parse_log_line(line: str) -> dict[str, str]:
    """The value of every key in the line; a key without a value gets "true"."""
    return {entry["key"]: value_of(entry) for entry in ENTRY.finditer(line)}


def value_of(entry: re.Match[str]) -> str:
    if entry["quoted"] is not None:
        return re.sub(r"\\(.)", r"\1", entry["quoted"])
    if entry["plain"] is not None:
        return entry["plain"]
    return "true"
