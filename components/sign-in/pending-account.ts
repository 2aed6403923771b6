/**
 * Who is about to sign in, from one page of it to the next. In memory only: an address is not for a URL, and a password
 * not for any storage. A reload forgets it, and the pages then ask again.
 */
export interface PendingAccount {
  email: string;
  /** To sign in with once the address is confirmed. */
  password?: string;
}

let pending: PendingAccount | null = null;

export function rememberAccount(account: PendingAccount): void {
  pending = account;
}
export function pendingAccount(): PendingAccount | null {
  return pending;
}
/** Once the person is signed in. */
export function forgetAccount(): void {
  pending = null;
}
