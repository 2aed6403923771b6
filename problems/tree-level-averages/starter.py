# TreeNode is there already, without an import. It has val, left and right; a missing child is None.


def level_averages(root: "TreeNode | None") -> list[float]:
    """The average of each level, from the top to the bottom; empty if there is no tree."""
    return []
