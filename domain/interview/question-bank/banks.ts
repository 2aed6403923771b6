/** Which bank leads which kind of session. */
import type { SessionKind } from '../../session/session.ts';
import type { QuestionBank } from './bank.ts';
import { onboardingBank } from './onboarding.ts';

/** Undefined where nobody asks questions by areas: a code interview follows its problem (code-guide/). */
export function bankOf(kind: SessionKind): QuestionBank | undefined {
  return kind === 'onboarding' ? onboardingBank : undefined;
}
