/**
 * The order in which all courses are taken, or an empty array if that is impossible.
 * @param {string[]} courses
 * @param {string[][]} requirements pairs: the first has to come before the second
 * @returns {string[]}
 */
function planCourses(courses, requirements) {
  return [];
}
