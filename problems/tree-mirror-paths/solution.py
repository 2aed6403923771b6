def fair_scores(root: "TreeNode | None") -> list[int]:
    """The scores of all fair routes, from the leftmost to the rightmost."""
    scores: list[int] = []

    def walk(place: "TreeNode | None", mirror: "TreeNode | None", score: int, mirror_score: int) -> None:
        if place is None or mirror is None:
            return
        score += place.val
        mirror_score += mirror.val
        if is_end(place) and is_end(mirror) and score == mirror_score:
            scores.append(score)
        walk(place.left, mirror.right, score, mirror_score)
        walk(place.right, mirror.left, score, mirror_score)

    walk(root, root, 0, 0)
    return scores


def is_end(place: "TreeNode") -> bool:
    return place.left is None and place.right is None
