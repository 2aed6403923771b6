/** Whether the server has this recording no more, told apart from a server that does not answer: a player is not told which. */
export async function isRecordingGone(address: string, ask: typeof fetch = fetch): Promise<boolean> {
  try {
    // Where storage serves the file, the redirect says that it is there.
    return (await ask(address, { method: 'HEAD', redirect: 'manual' })).status === 404;
  } catch {
    return false;
  }
}
