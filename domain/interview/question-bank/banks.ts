/** Which bank leads which kind of session. */
import type { SessionKind } from '../../session/session.ts';
import type { QuestionBank } from './bank.ts';
import { codeBank } from './code.ts';
import { onboardingBank } from './onboarding.ts';

/** Undefined where nobody asks questions. */
export function bankOf(kind: SessionKind): QuestionBank | undefined {
  if (kind === 'onboarding') return onboardingBank;
  return kind === 'code' ? codeBank : undefined;
}
