/** Labelled by ear, in the form Moonshine writes: capital first, a mark at nearly every end. Tests measure against them. */

export const COMPLETE: string[] = [
  'Yes.', 'No.', 'Yeah.', 'Sure.', 'Maybe.', 'No, thank you.', 'Thank you.', "I don't know.", 'Not really.', 'I think so.',
  'Yes, I am.', 'No, I don\'t.', 'I think it is.', 'I like playing football.', 'I love mathematics.', 'I grew up in Berlin.',
  'That is what I am interested in.', 'That\'s what I want.', 'What do you mean?', 'Can you repeat that?', 'What is that for?',
  'My brother and I.', 'I would like to learn Spanish.', 'I play the violin in a small orchestra.', 'Because it is fun and I meet people there.',
  'When I was a child, we built robots.', 'When I was ten years old my father bought me a telescope.', 'I am good at listening to people.',
  'I hope so.', "I don't want to.", 'Let\'s move on.', 'I gave up.', 'It was a lot of fun.', 'She asked me to help her.', 'I like that.',
  'Mostly science fiction.', 'About ten hours a week.', 'Three.', 'I work with my hands.', 'That\'s it.', 'That is all, I think.', 'Chess, mostly.',
  'I have two sisters.', 'I never thought about it.', 'I enjoy cooking, especially Italian food.', 'Sort of.', 'Football and music.',
  'I want to become a doctor!', 'It is hard to say.', 'I would use a hash map.', 'The loop runs n times.', "I know what it's like.",
  'There are many people I learned a lot from.', 'I just want to understand how it works.', "That's the thing I'm best at.", 'I see.', 'Okay.',
  'Um, I like reading.', 'So I started to paint again.', 'It was great, though.',
  'I work at a hospital as a nurse.', 'My favorite thing is probably gardening.', 'We went there last summer.', 'Nothing comes to mind right now.',
  'I usually read before I go to bed.', 'It depends, really.', 'Could you explain that?', "I'd say math and physics.", 'With my friends, mostly.',
  "I've been doing it for three years.", 'Yes, I do.', 'I used to play tennis, but I stopped.', 'That sounds good to me.', 'I learn best by doing.',
  "No, that's everything.", 'I want to travel more.', 'Both of them.', 'Because I enjoy it.', "I'm not sure about that.", 'Maybe an hour every day.',
  'It makes me happy.', 'You could say that.', "I can't remember his name.", 'He taught me everything I know.', "I'd rather work alone.",
];

export const INCOMPLETE: string[] = [
  'And.', 'I like playing football and', 'I like playing football and.', 'But', 'Well.', 'Well,', 'Um.', 'Uh.', 'So.', 'So, um.', 'I.', 'I think.', 'I mean.',
  'I want to', 'I want to.', 'I would like to.', 'I really enjoy.', 'I\'m interested in.', 'I grew up in.', 'My favorite subject is', 'My favorite subject is.',
  'Because.', 'I like it because', 'I like it because.', 'The', 'I went to the.', 'It was a.', 'I love my', 'I have been working on.', 'I was thinking about...',
  'I was thinking about…', 'I like reading, writing,', 'There is this thing called -', 'You know.', 'I like music, you know.', 'I like, um.', 'What I like is.',
  'When I was a child.', 'If I have time.', 'For example.', 'I like sports, for example', 'Sports such as.', 'Let me think.', 'Let me see.', 'Good question.',
  'First of all.', 'I think that', 'I think that.', 'It is like.', 'I learned it from.', 'I am.', "I'm.", "It's.", "There's.", 'They were', 'I used a map so that I can',
  'The reason is.', 'I go there with', 'We built a robot that', 'I do it every.', 'To be honest.', 'Yeah, but.', 'Yes, and.', 'I started to play the', 'I would say my biggest strength is',
  'A lot of', 'It is very', 'I like painting, but I', 'I like painting. And then', 'It depends on', 'I was born in nineteen', 'Maybe I', 'Hmm.', 'I prefer', 'I think it was when.',
  'I work at a hospital as a', 'My favorite thing is probably', 'We went there with my.', 'I usually read before I', "I'd say math, physics, and.",
  'With my friends and.', "I've been doing it for.", 'I used to play tennis but.', 'What I really want is to', 'I learn best when.',
  'So basically what happened was', 'There was this one time when.', "I'm trying to.", 'And the reason for that is.', "It's kind of like",
  'I was going to say', "Let's say.", 'Yeah, so.', 'Um, well.', 'My teacher told me that', 'Which is why I', 'I think I would', 'Not only',
  'He was one of the', 'If I had to choose,',
];

export const BACKCHANNELS: string[] = [
  'Mhm.', 'Mm-hmm.', 'Uh-huh.', 'Yeah.', 'Yeah, yeah.', 'Okay.', 'OK', 'Right.', 'Hmm.', 'I see.', 'Sure.', 'Yes.', 'Yep.', 'Got it.', 'Oh.', 'Oh, okay.', 'Ah, I see.',
  'All right.', 'Okay, okay.', 'Wow.', 'Nice.', 'Great.', 'Of course.', 'Makes sense.', 'Mm.', 'Yeah, right.', 'Yes, exactly.', '[cough]', '(coughs)', '[laughter] [cough]', "That's right.", 'Haha.',
];

export const NOT_BACKCHANNELS: string[] = [
  'Stop.', 'Wait.', 'No.', 'What?', 'Right?', 'Huh?', 'Okay?', 'Yes, but', 'Yeah, I like football.', 'Hold on.', 'One moment.', 'No, no.', 'Okay, so', 'Can you repeat that?', 'Skip.', 'I see it differently.',
  'Hello?', 'Sorry.', 'Pardon?', 'Excuse me.', 'Actually', 'But', 'Um', 'I want to say something.', 'Chess.', 'Next question.', 'Thank you, goodbye.', 'Yeah no', '', 'Yes because my brother', 'Right now I cannot.', 'Sure, let me tell you about it.',
];

export const ECHOES: { agent: string; text: string; echo: boolean }[] = [
  { agent: 'Hello Ada, good to meet you. What do you enjoy doing most?', text: 'What do you enjoy doing most?', echo: true },
  { agent: 'Hello Ada, good to meet you. What do you enjoy doing most?', text: 'Hello, Eda, good to meet you.', echo: true },
  { agent: 'Hello Ada, good to meet you. What do you enjoy doing most?', text: 'Good to meet you. What do you enjoy?', echo: true },
  { agent: 'I will ask you a few questions about what you enjoy and what you would like to learn.', text: 'ask you a few questions about what you', echo: true },
  { agent: 'I will ask you a few questions about what you enjoy and what you would like to learn.', text: 'And what you would like to learn.', echo: true },
  { agent: 'You mentioned painting landscapes with your grandmother. What do you like about that?', text: 'You mentioned painting landscapes with a grandmother.', echo: true },
  { agent: 'It takes about six minutes, and you can interrupt me at any time.', text: 'about six minutes', echo: true },
  { agent: 'It takes about six minutes, and you can interrupt me at any time.', text: 'Any time.', echo: true },
  { agent: 'Something different now. What would you say you are good at?', text: 'Something different now, what would you say', echo: true },
  { agent: 'Do you like to learn alone or together with others?', text: 'Learn alone or together with others.', echo: true },
  { agent: 'Do you like to learn alone or together with others?', text: 'I like to learn with my friends.', echo: false },
  { agent: 'Do you like to learn alone or together with others?', text: 'Together, I think.', echo: false },
  { agent: 'Hello Ada, good to meet you. What do you enjoy doing most?', text: 'I enjoy playing football most.', echo: false },
  { agent: 'Hello Ada, good to meet you. What do you enjoy doing most?', text: 'Good to meet you too.', echo: true },
  { agent: 'Hello Ada, good to meet you. What do you enjoy doing most?', text: 'Wait.', echo: false },
  { agent: 'Hello Ada, good to meet you. What do you enjoy doing most?', text: 'What?  Can you say that again?', echo: false },
  { agent: 'I will ask you a few questions about what you enjoy and what you would like to learn.', text: 'I would like to learn Spanish.', echo: false },
  { agent: 'I will ask you a few questions about what you enjoy and what you would like to learn.', text: 'Can I ask you something first?', echo: false },
  { agent: 'You mentioned painting landscapes with your grandmother. What do you like about that?', text: 'I like that it is calm.', echo: false },
  { agent: 'It takes about six minutes, and you can interrupt me at any time.', text: 'I have ten minutes at most.', echo: false },
  { agent: 'It takes about six minutes, and you can interrupt me at any time.', text: 'Stop.', echo: false },
  { agent: 'Would it be closer to nature, technology, art, or people?', text: 'Technology and art, and maybe nature.', echo: false },
];
