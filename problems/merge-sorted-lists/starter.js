// ListNode is there already. It has val and next; after the last node, next is null.

/**
 * The front of one chain that has all nodes of both, in ascending order.
 * @param {ListNode | null} first
 * @param {ListNode | null} second
 * @returns {ListNode | null}
 */
function mergeLists(first, second) {
  return null;
}
