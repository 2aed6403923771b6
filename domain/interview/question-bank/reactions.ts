/** What the interviewer says in between, whatever the subject. Each list is used in turn, so that it does not repeat itself. */

/** Neutral, after any answer. First words are short: they are spoken at once. */
export const ACKNOWLEDGEMENTS = ['I see.', 'Thank you.', 'Okay.', 'Good to know.', 'All right.', 'Understood.'];
/** Only after an answer that sounded glad. */
export const GLAD = ['That sounds nice.', 'Lovely.', 'That sounds like fun.', 'How nice.', 'Wonderful.'];
/** After something sad. Never followed by a probe. */
export const SORRY = ['I am sorry to hear that.', 'That sounds hard. I am sorry.'];
export const TAKE_UPS = ['You mentioned {topic}.', 'You spoke of {topic}.', 'So, {topic}.', 'You said something about {topic}.'];
/** Before a new area. */
export const BRIDGES = ["Let's turn to something else.", 'Now to another thing.', 'Something different now.', "Let's go on."];
/** After several short answers: from here on the questions are easier and nothing is asked twice. */
export const EASING_OFF = ['Short answers are fine.', 'We can keep it short.', 'A few words are enough.'];
export const DOES_NOT_KNOW = ['That is fine.', 'No problem.', 'That is quite all right.', 'Not everybody knows that at once.'];
export const NOT_UNDERSTOOD = ['Sorry, I did not catch that.', 'I am afraid I did not hear that well.', 'Sorry, I missed that.'];
export const SKIPPED = ["No problem, let's move on.", 'Sure, we leave that one.', "All right, let's take another one."];
export const REPEATED = ['Of course.', 'Sure.', 'Gladly.'];
/** After remarks about other things, before the next question. */
export const STEERING = ['Let me come back to you.', 'Back to you, then.', 'I would like to hear more about you.'];
/** To somebody who says that English is new to them. */
export const REASSURING = ['I understand you well. Take your time.', 'You say it very clearly. There is no hurry.'];
export const FORGOTTEN = ['All right, I forget that.', 'Done, that is taken back.'];
/** Another voice setting is not the interviewer's to make; it keeps its sentences short. */
export const SLOWER = ['Sure, one thing at a time.', 'Of course, I take it slowly.'];
export const WAITING = ['Take your time.', 'There is no hurry.', 'I am still here.'];
/** Goes back to what was cut off. */
export const RESUMING = ['What I wanted to ask:', 'Let me finish my question.', 'Back to my question.'];
export const HOSTILE_FIRST = ['Fair enough. We can keep this short, and you can stop whenever you like.'];
export const HOSTILE_AGAIN = ['I understand that this is not for you right now. Just say stop, and we end here.'];
export const HOSTILE_GOODBYE = ['I will leave it here, then. Thank you for your time. Goodbye.'];
export const IN_DANGER =
  'I am sorry that you feel this way. I am only a program, so please talk to somebody you trust, or call your local emergency or crisis line now. We can stop here, or go on when you like.';
export const STOPPED = ['Of course, we stop here.', 'Sure, that is fine.'];

/** Questions people ask back, and honest answers. The first pattern that fits counts. */
export const ASKED_BACK: { asks: RegExp; answer: string }[] = [
  { asks: /\b(are we (done|finished|nearly|almost)|is (this|it) (over|nearly|almost)|can i (go|leave|stop)|may i (go|leave))\b/i, answer: 'You can stop whenever you like. Just say stop.' },
  { asks: /\b(take much longer|going to take|is (this|it) going to)\b/i, answer: '{duration}' },
  { asks: /\b(are|r) (you|u) (a |an )?(real|human|robot|bot|machine|computer|person|ai|program)|\bwho are you|\bwhat are you\b/i, answer: 'I am a program that interviews people.' },
  { asks: /\b(record|data|privacy|private|store|stored|save|saved|who (can|will) (see|hear))\b/i, answer: 'Your words are stored with this session, and you can erase them at any time.' },
  { asks: /\bhow (long|many|much longer|much time)\b/i, answer: '{duration}' },
  { asks: /\bwhy (do|are|would|did) you (ask|asking|want|need)|\bwhat('s| is) (this|it|that) (for|about)|\bwhat (are|is) (we|this) (doing)?/i, answer: '{purpose}' },
  { asks: /\b(what('s| is) your name)\b/i, answer: 'I have no name. I am just the interviewer.' },
  { asks: /\b(how are you|how('s| is) it going)\b/i, answer: 'I am well, thank you.' },
  { asks: /\b(what about you|and you|do you like|what do you (like|think|enjoy))\b/i, answer: 'I am a program, so I would rather hear about you.' },
  { asks: /\b(can you hear me|are you there|do you hear me|is this working|is it working)\b/i, answer: 'Yes, I hear you.' },
];
