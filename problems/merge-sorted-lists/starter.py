# ListNode is there already, without an import. It has val and next; after the last node, next is None.


def merge_lists(first: "ListNode | None", second: "ListNode | None") -> "ListNode | None":
    """The front of one chain that has all nodes of both, in ascending order."""
    return None
