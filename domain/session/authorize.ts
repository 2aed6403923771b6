/** The one reader of the role × action table. */
import { PERMISSIONS } from '../actor.ts';
import type { Action, Actor, PersonActor } from '../actor.ts';
import { SpoolError } from '../errors.ts';

/** The actor as a person who may do this. @throws SpoolError `auth.required` for nobody, `auth.forbidden` for the wrong role or a service. */
export function authorize(actor: Actor, action: Action): PersonActor {
  switch (actor.kind) {
    case 'anonymous':
      throw new SpoolError('auth.required');
    case 'service':
      throw new SpoolError('auth.forbidden', 'A service asked for something only people do.');
    case 'person':
      if (!PERMISSIONS[actor.role][action]) throw new SpoolError('auth.forbidden');
      return actor;
  }
}
