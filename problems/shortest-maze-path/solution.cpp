#include <queue>
#include <string>
#include <vector>

namespace {

struct Field {
    int row;
    int column;
};

constexpr Field MOVES[] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
constexpr int NOT_REACHED = -1;

Field find(const std::vector<std::string>& floor, char wanted) {
    for (int row = 0; row < static_cast<int>(floor.size()); ++row) {
        if (const auto column = floor[row].find(wanted); column != std::string::npos) {
            return {row, static_cast<int>(column)};
        }
    }
    return {0, 0};
}

bool isFree(const std::vector<std::string>& floor, Field field) {
    return field.row >= 0 && field.row < static_cast<int>(floor.size()) && field.column >= 0 &&
           field.column < static_cast<int>(floor[field.row].size()) && floor[field.row][field.column] != '#';
}

}  // namespace

/** The smallest number of moves from S to E, or -1 if there is no way. */
int shortestPath(const std::vector<std::string>& floor) {
    std::vector<std::vector<int>> moves(floor.size(), std::vector<int>(floor[0].size(), NOT_REACHED));
    const Field start = find(floor, 'S');
    moves[start.row][start.column] = 0;
    std::queue<Field> waiting({start});
    while (!waiting.empty()) {
        const Field field = waiting.front();
        waiting.pop();
        const int movesSoFar = moves[field.row][field.column];
        if (floor[field.row][field.column] == 'E') {
            return movesSoFar;
        }
        for (const Field move : MOVES) {
            const Field next{field.row + move.row, field.column + move.column};
            if (isFree(floor, next) && moves[next.row][next.column] == NOT_REACHED) {
                moves[next.row][next.column] = movesSoFar + 1;
                waiting.push(next);
            }
        }
    }
    return -1;
}
