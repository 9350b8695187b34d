/** The names by which addresses and other programs ask for a preset. */

/** A label in lower case, with hyphens: "Too small" is `too-small`. */
export function slugOf(label: string): string {
  return label
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.]+/gu, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "");
}

/** The preset that has this label, or this slug; undefined if there is none. */
export function findPreset<Named extends { label: string }>(
  presets: readonly Named[],
  name: string,
): Named | undefined {
  return (
    presets.find(({ label }) => label === name) ?? presets.find(({ label }) => slugOf(label) === slugOf(name))
  );
}
