'use client';

import { createContext, use } from 'react';

/** The name of the invented person a page is about; null: it is about the reader. */
export const InventedPerson = createContext<string | null>(null);

export function useInventedPerson(): string | null {
  return use(InventedPerson);
}
