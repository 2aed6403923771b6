// ListNode is there already. It has int val and ListNode* next; after the last node, next is nullptr.

/** The front of one chain that has all nodes of both, in ascending order. */
ListNode* mergeLists(ListNode* first, ListNode* second) {
    ListNode* front = nullptr;
    // Where the next node is to be hung: first at the front, then behind the last node.
    ListNode** end = &front;
    while (first != nullptr && second != nullptr) {
        ListNode*& smaller = first->val <= second->val ? first : second;
        *end = smaller;
        end = &smaller->next;
        smaller = smaller->next;
    }
    *end = first != nullptr ? first : second;
    return front;
}
