import { describe, expect, test } from 'vitest';
import { extractNotes } from './extractive.ts';
import type { NotesItem } from './ports.ts';

/** Said by two people in turn, as a recogniser writes it down. */
function meeting(said: readonly string[]): NotesItem[] {
  return said.map((text, index) => ({ itemId: `i${index}`, speaker: `S${(index % 2) + 1}`, text, startMs: index * 5_000, endMs: index * 5_000 + 4_500 }));
}
/** The items that each open question quotes. */
const openIn = (...said: string[]) => extractNotes(meeting(said), {}).openQuestions.map(({ evidence }) => evidence.map(({ itemId }) => itemId).join(' '));

describe('what says of itself that it is open', () => {
  test.each([
    'we still don\'t know who pays for the tent',
    'nobody could tell me what the new rules mean for the kitchen',
    'what i can\'t figure out is how we get the piano upstairs',
    'it remains to be seen whether the council agrees',
    'somebody should find out if the hall has heating',
    'the question is do we keep the old office',
    'the date of the concert is still up in the air',
    'i still don\'t know when the parts arrive',
  ])('is noted as it was said: %s', (text) => {
    expect(openIn(text, 'right next topic')).toEqual(['i0']);
  });
  test('is not noted when it is decided right away', () => {
    expect(openIn('we need to decide which tent we take', 'let\'s take the large tent')).toEqual([]);
  });
  test.each([
    'i didn\'t know who you were when we met',
    'they don\'t know how to use the menu',
    'we don\'t have to decide now where the buttons go',
    'there are no open questions from my side',
    'you don\'t know what you are missing',
    'i\'m sure the shop is open until six',
    'i never understood how that worked',
  ])('is nobody\'s open question: %s', (text) => {
    expect(openIn(text, 'okay')).toEqual([]);
  });
  test('that one person does not know it counts when nobody else does either', () => {
    expect(openIn('i don\'t know if the bus has a ramp', 'me neither')).toEqual(['i0 i1']);
    expect(openIn('i don\'t know if the bus has a ramp', 'it has i asked the driver')).toEqual([]);
  });
});

describe('a question', () => {
  test.each([
    ['so how do we light the drawings', 'i have no idea'],
    ['has the tax office confirmed our status', 'it hasn\'t arrived so far'],
    ['the cover can we still change it', 'i\'d have to call the printer'],
    ['do we split the episode or keep it long', 'let\'s sleep on it'],
    ['what about the cafe will it be open on sundays', 'the tenant hasn\'t made up his mind'],
    ['Do people hear the alarm in the workshop.', 'I wouldn\'t know.'],
    ['Should we tell the staff already?', 'Too early, let\'s wait for the numbers.'],
  ])('without an answer is open, with or without its mark: %s — %s', (asked, reply) => {
    expect(openIn(asked, reply)).toEqual(['i0 i1']);
  });
  test.each([
    ['how many seats has the bus got', 'fifty two'],
    ['did everyone finish the book', 'i did i cried at the end'],
    ['is the hall booked', 'yes since monday'],
    ['who brings the cake next time', 'me i\'ve got a new recipe'],
    ['what should we do with the surplus', 'put the surplus into the reserve'],
    ['does the printer work again', 'they\'re fixing the printer now'],
    ['Has radiology sent the pictures?', 'Not yet, they said maybe tonight.'],
  ])('that is answered is not: %s — %s', (asked, reply) => {
    expect(openIn(asked, reply, 'i don\'t know what the weather will be')).toEqual([]);
  });
  test('that nobody takes up counts as answered, unless it was put to everybody', () => {
    expect(openIn('what do we charge for the tickets', 'hm', 'okay', 'the flyers are printed')).toEqual([]);
    expect(openIn('who is going to take over the treasury', 'hm', 'okay')).toEqual(['i0']);
    expect(openIn('who is going to take over the treasury', 'hm', 'paul offered it')).toEqual([]);
  });
  test('whether somebody knows is not answered by no', () => {
    expect(openIn('does anyone know if the museum does the workshop', 'not me')).toEqual(['i0 i1']);
    // "No" is too short to be quoted.
    expect(openIn('does anyone know if the museum does the workshop', 'no', 'okay')).toEqual(['i0']);
    expect(openIn('is the museum closed on mondays', 'no', 'i don\'t know')).toEqual([]);
  });
  test('is not left open by whoever asks it and goes on talking', () => {
    const items: NotesItem[] = ['where does the cable go', 'i can\'t remember', 'ah there it is'].map((text, index) => ({ itemId: `i${index}`, speaker: 'S1', text, startMs: index * 5_000, endMs: index * 5_000 + 4_000 }));
    expect(extractNotes(items, {}).openQuestions).toEqual([]);
  });
  test.each(['can you hear me now', 'shall we start with the budget', 'could you open the window', 'why do we always leave it this late', 'isn\'t it funny how the bus comes late', 'how hard can the drums be', 'do you have any thoughts on the budget'])('of politeness, of the line or for effect is none: %s', (asked) => {
    expect(openIn(asked, 'i don\'t know')).toEqual([]);
  });
  test('where the transcript has question marks, a full stop is believed', () => {
    expect(openIn('Is the hall booked?', 'Yes.', 'What we do on Sunday is the market.', 'I have no idea.')).toEqual([]);
  });
  test('that is asked again at once is noted once', () => {
    expect(openIn('what is happening with the interview', 'he keeps putting me off', 'so are we getting it or not', 'i can\'t promise anything')).toEqual(['i0 i1']);
  });
  test('is no task and no decision, though it says what has to be done', () => {
    const notes = extractNotes(meeting(['is that covered or do we have to pay for the pump', 'they couldn\'t tell me', 'we need to find out who broke the pump', 'agreed']), {});
    expect(notes.actionItems).toEqual([]);
    expect(notes.decisions).toEqual([]);
    expect(notes.openQuestions.map(({ evidence }) => evidence[0]!.itemId)).toEqual(['i0']);
  });
});
