/** Hands the person a file made in the page. `type` without charset, e.g. `text/plain`. */
export function downloadText(fileName: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
