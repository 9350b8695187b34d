/** Python files: read whatever their encoding, refused with a reason, written as UTF-8. */

/** Bytes of the largest file that can be opened. */
const LARGEST = 1_000_000;

export type OpenedFile =
  { ok: true; title: string; text: string; remark: string | null } | { ok: false; problem: string };

/** Reads a file; the remark says if its encoding had to be guessed. */
export async function readPython(file: File): Promise<OpenedFile> {
  if (file.size > LARGEST) {
    const size = (file.size / 1e6).toFixed(1);
    return { ok: false, problem: `“${file.name}” has ${size} MB. Files of up to 1 MB can be opened.` };
  }
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { ok: false, problem: `“${file.name}” could not be read.` };
  }
  const { text, guessed } = decode(bytes);
  if (text.includes("\0")) return { ok: false, problem: `“${file.name}” is not a text file.` };
  const title = file.name.replace(/\.(py|txt)$/i, "");
  const remark = guessed ? `“${file.name}” is not in UTF-8. It was read as Latin-1.` : null;
  return { ok: true, title, text: text.replace(/\r\n?/g, "\n"), remark };
}

/** Lets the reader save a text as `TITLE.py`. */
export function downloadPython(title: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/x-python" }));
  link.download = fileName(title);
  link.click();
  // The browser may begin to read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A file's name that every system takes. */
export function fileName(title: string): string {
  const words = title.match(/[\p{Letter}\p{Mark}\p{Number}_]+/gu) ?? [];
  return `${words.join("-").slice(0, 80) || "playground"}.py`;
}

/** A byte order mark is taken off. */
function decode(bytes: Uint8Array<ArrayBuffer>): { text: string; guessed: boolean } {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : null;
  try {
    return { text: new TextDecoder(marked ?? "utf-8", { fatal: true }).decode(bytes), guessed: false };
  } catch {
    return { text: new TextDecoder("iso-8859-1").decode(bytes), guessed: true };
  }
}
