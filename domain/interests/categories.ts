/** The categories every interest belongs to. Ids are stored and sent; names and descriptions are for people. */
export const CATEGORIES = [
  { id: 'science', name: 'Science', description: 'Astronomy, physics, chemistry, biology, geology, palaeontology, weather, the mind as a subject of research.' },
  { id: 'technology', name: 'Technology', description: 'Machines, vehicles, railways, radio, electrics, sound and lighting equipment: how technical things work, running and repairing them.' },
  { id: 'making', name: 'Engineering and making', description: 'Building and making things with the hands or with tools: wood, metal, glass, textiles, boats, models; civil engineering.' },
  { id: 'mathematics', name: 'Mathematics', description: 'Arithmetic, geometry, statistics, infinity, puzzles about numbers; working with data for the pleasure of it.' },
  { id: 'computing', name: 'Computing', description: 'Programming, computer science, security, cryptography, artificial intelligence, 3D modelling.' },
  { id: 'arts', name: 'Arts', description: 'Drawing, painting, photography, ceramics, lettering, design, fashion and anything else that is looked at.' },
  { id: 'music', name: 'Music', description: 'Playing, singing, listening to, writing or producing music.' },
  { id: 'stage-screen', name: 'Dance, theatre and film', description: 'Dance, acting, puppets, magic, comedy, film, animation, series and watching people perform.' },
  { id: 'literature', name: 'Writing and literature', description: 'Reading, poetry, stories, journalism, letters, editing, translation of books.' },
  { id: 'languages', name: 'Languages', description: 'Learning or studying languages, sign language, Braille, linguistics, interpreting.' },
  { id: 'history-society', name: 'History and society', description: 'History, family history, politics, law, religion, ethics, geography and places, public life.' },
  { id: 'sports', name: 'Sports', description: 'Doing, coaching or following sport and movement of every kind.' },
  { id: 'nature', name: 'Nature and animals', description: 'Animals, plants, gardens, the sea, protecting nature.' },
  { id: 'cooking', name: 'Cooking and food', description: 'Cooking, baking, preserving, foraging, tasting.' },
  { id: 'games', name: 'Games', description: 'Board, card, role-playing and video games, puzzles.' },
  { id: 'business', name: 'Business and work', description: 'Running something, selling, money, accounting, organising; work as such.' },
  { id: 'health', name: 'Health and helping people', description: 'Care, nursing, rescue, first aid, volunteering, teaching.' },
  { id: 'everyday', name: 'Everyday life, collecting and travel', description: 'Collecting, flea markets, the home, train journeys, and what fits nowhere else.' },
] as const;

export type CategoryId = (typeof CATEGORIES)[number]['id'];
/** Where nothing better is known. */
export const DEFAULT_CATEGORY: CategoryId = 'everyday';

export function isCategory(id: string): id is CategoryId {
  return CATEGORIES.some((category) => category.id === id);
}
