// ListNode is there already. It has int val and ListNode next; after the last node, next is null.

public class Solution {
    /** The front of one chain that has all nodes of both, in ascending order. */
    public static ListNode mergeLists(ListNode first, ListNode second) {
        return null;
    }
}
