/** Has the browser save a text as a file. */
export function saveFile(name: string, text: string, type = "text/plain"): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then; a shorter life would end it in some browsers.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
