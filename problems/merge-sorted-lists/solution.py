# ListNode is there already, without an import. It has val and next; after the last node, next is None.


def merge_lists(first: "ListNode | None", second: "ListNode | None") -> "ListNode | None":
    """The front of one chain that has all nodes of both, in ascending order."""
    before_front = last = ListNode()
    while first and second:
        if first.val <= second.val:
            last.next, first = first, first.next
        else:
            last.next, second = second, second.next
        last = last.next
    last.next = first or second
    return before_front.next
