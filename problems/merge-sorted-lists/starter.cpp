// ListNode is there already. It has int val and ListNode* next; after the last node, next is nullptr.

/** The front of one chain that has all nodes of both, in ascending order. */
ListNode* mergeLists(ListNode* first, ListNode* second) {
    return nullptr;
}
