# TreeNode is there already, without an import. It has val, left and right; a missing child is None.


def fair_scores(root: "TreeNode | None") -> list[int]:
    """The scores of all fair routes, from the leftmost to the rightmost."""
    return []
