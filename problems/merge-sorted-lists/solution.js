// ListNode is there already. It has val and next; after the last node, next is null.

/**
 * The front of one chain that has all nodes of both, in ascending order.
 * @param {ListNode | null} first
 * @param {ListNode | null} second
 * @returns {ListNode | null}
 */
function mergeLists(first, second) {
  const beforeFront = new ListNode();
  let last = beforeFront;
  while (first && second) {
    if (first.val <= second.val) {
      last.next = first;
      first = first.next;
    } else {
      last.next = second;
      second = second.next;
    }
    last = last.next;
  }
  last.next = first ?? second;
  return beforeFront.next;
}
