// ListNode is there already. It has int val and ListNode next; after the last node, next is null.

public class Solution {
    /** The front of one chain that has all nodes of both, in ascending order. */
    public static ListNode mergeLists(ListNode first, ListNode second) {
        ListNode beforeFront = new ListNode();
        ListNode last = beforeFront;
        while (first != null && second != null) {
            if (first.val <= second.val) {
                last.next = first;
                first = first.next;
            } else {
                last.next = second;
                second = second.next;
            }
            last = last.next;
        }
        last.next = first != null ? first : second;
        return beforeFront.next;
    }
}
