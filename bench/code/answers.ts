/** The answer that is run: two sum, as people write it, in every language. */
import fs from 'node:fs';
import path from 'node:path';
import type { Language } from '#domain/code/run.ts';

export const ANSWERS: Record<Language, string> = {
  python: 'def two_sum(nums, target):\n    seen = {}\n    for i, n in enumerate(nums):\n        if target - n in seen:\n            return [seen[target - n], i]\n        seen[n] = i\n    return []\n',
  javascript: 'function twoSum(nums, target) {\n  const seen = new Map();\n  for (const [i, n] of nums.entries()) {\n    if (seen.has(target - n)) return [seen.get(target - n), i];\n    seen.set(n, i);\n  }\n  return [];\n}\n',
  java: 'import java.util.*;\n\npublic class Main {\n  public int[] twoSum(int[] nums, int target) {\n    Map<Integer, Integer> seen = new HashMap<>();\n    for (int i = 0; i < nums.length; i++) {\n      Integer at = seen.get(target - nums[i]);\n      if (at != null) return new int[] {at, i};\n      seen.put(nums[i], i);\n    }\n    return new int[0];\n  }\n\n  public static void main(String[] args) {\n    System.out.println(new Main().twoSum(new int[] {2, 7}, 9).length);\n  }\n}\n',
  cpp: '#include <unordered_map>\n#include <vector>\nusing namespace std;\n\nvector<int> twoSum(vector<int>& nums, int target) {\n  unordered_map<int, int> seen;\n  for (int i = 0; i < (int)nums.size(); i++) {\n    if (auto at = seen.find(target - nums[i]); at != seen.end()) return {at->second, i};\n    seen[nums[i]] = i;\n  }\n  return {};\n}\n',
};

/** What a person would type to run it without Spool. */
export function bareCommand(language: Language, folder: string): string[][] {
  const names: Record<Language, string> = { python: 'answer.py', javascript: 'answer.js', java: 'Main.java', cpp: 'answer.cpp' };
  const file = path.join(folder, names[language]);
  if (!fs.existsSync(file)) fs.writeFileSync(file, language === 'cpp' ? `${ANSWERS.cpp}int main() { vector<int> nums{2, 7}; return twoSum(nums, 9).size() != 2; }\n` : ANSWERS[language]);
  if (language === 'python') return [['/usr/bin/python3', file]];
  if (language === 'javascript') return [[process.execPath, file]];
  if (language === 'java') return [['/usr/bin/javac', '-d', folder, file], ['/usr/bin/java', '-cp', folder, 'Main']];
  return [['/usr/bin/g++', '-std=gnu++20', '-O1', file, '-o', path.join(folder, 'answer')], [path.join(folder, 'answer')]];
}
