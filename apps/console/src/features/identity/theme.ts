/** What the theme switch may say; `system` follows the browser. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'weir_theme';

export const themeFrom = (text: string | undefined): Theme => THEMES.find((theme) => theme === text) ?? 'system';
