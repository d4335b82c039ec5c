// Language and theme: the only two things the page keeps in the browser. Nothing about a person is ever stored here.
import { effect, signal } from '@preact/signals';

export type Language = 'zh-CN' | 'en';
export type Theme = 'light' | 'dark';

const LANGUAGE_KEY = 'xiantu.language';
const THEME_KEY = 'xiantu.theme';

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage switched off: the choice lasts as long as the page
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // see kept()
  }
}

/** `?lang=` wins, then the kept choice, then the browser: any Chinese is zh-CN, all else English. */
export function chooseLanguage(search: string, stored: string | null, browser: string): Language {
  const asked = new URLSearchParams(search).get('lang') ?? stored ?? browser;
  return asked.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export const language = signal<Language>(chooseLanguage(location.search, kept(LANGUAGE_KEY), navigator.language));
export const theme = signal<Theme>(document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light');

export function setLanguage(next: Language): void {
  language.value = next;
  keep(LANGUAGE_KEY, next);
}

export function setTheme(next: Theme): void {
  theme.value = next;
  keep(THEME_KEY, next);
}

if (new URLSearchParams(location.search).has('lang')) keep(LANGUAGE_KEY, language.value);

effect(() => {
  document.documentElement.lang = language.value;
});
effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});
