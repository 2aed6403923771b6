# TreeNode is there already, without an import. It has val, left and right; a missing child is None.


def level_averages(root: "TreeNode | None") -> list[float]:
    """The average of each level, from the top to the bottom; empty if there is no tree."""
    averages: list[float] = []
    level = [root] if root else []
    while level:
        averages.append(sum(node.val for node in level) / len(level))
        level = [child for node in level for child in (node.left, node.right) if child]
    return averages
