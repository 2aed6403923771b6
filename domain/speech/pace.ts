/** How fast the interviewer speaks: 1 is the voice's own pace, 0.85 takes about a sixth longer. */
export const NORMAL_PACE = 1;
/** One for each time a person asks; below the last one words fall apart. All lie within what voices take (OpenAI: 0.25 to 4). */
const PACES = [NORMAL_PACE, 0.85, 0.72, 0.6];

/** The next slower pace; the slowest stays as it is. */
export function slower(pace: number): number {
  return PACES.find((each) => each < pace) ?? pace;
}
