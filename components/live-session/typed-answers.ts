/**
 * Typed answers on their way. The protocol acknowledges them by the item they become, so one that was sent into a
 * connection that broke is sent again only when the server turns out not to have that item.
 */
interface Answer {
  text: string;
  sent: boolean;
}

export class TypedAnswers {
  #answers: Answer[] = [];
  #seenItems = new Set<string>();

  get allSent(): boolean {
    return this.#answers.every((answer) => answer.sent);
  }
  /** Sent, and the server has not shown them yet. */
  get unconfirmed(): boolean {
    return this.#answers.some((answer) => answer.sent);
  }

  add(text: string): void {
    const trimmed = text.trim();
    if (trimmed) this.#answers.push({ text: trimmed, sent: false });
  }

  /** An item of the person's; each item confirms at most one answer. */
  seen(itemId: string, text: string): void {
    if (this.#seenItems.has(itemId)) return;
    this.#seenItems.add(itemId);
    const index = this.#answers.findIndex((answer) => answer.sent && answer.text === text.trim());
    if (index >= 0) this.#answers.splice(index, 1);
  }

  /** What is to be sent now, in order. */
  takeUnsent(): string[] {
    const unsent = this.#answers.filter((answer) => !answer.sent);
    for (const answer of unsent) answer.sent = true;
    return unsent.map((answer) => answer.text);
  }

  sendUnconfirmedAgain(): void {
    for (const answer of this.#answers) answer.sent = false;
  }
}
