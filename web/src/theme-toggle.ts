/** The reader's choice of light or dark, kept for the next visit; without one the system's holds. */

const KEY = "gradus:theme";
const THEMES = ["auto", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

/** Makes `button` go through the system's, light and dark colours. */
export function startThemeToggle(button: HTMLElement | null): void {
  let theme = readTheme();
  const show = (): void => {
    if (theme === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset["theme"] = theme;
    button?.replaceChildren(`Theme: ${theme}`);
  };
  show();
  button?.removeAttribute("hidden");
  button?.addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
    show();
    writeTheme(theme);
  });
}

function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? "auto";
  } catch {
    return "auto";
  }
}

/** Where storing is forbidden the choice holds for this page alone. */
function writeTheme(theme: Theme): void {
  try {
    if (theme === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}
