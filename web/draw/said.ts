// What happens in the hand, said for those who do not see the map.
import { announce } from '../a11y/announce.ts';
import { drawWords } from '../i18n/draw/words.ts';
import type { zhCN } from '../i18n/draw/zh-CN.ts';

export type Said = keyof typeof zhCN.said;

export function say(what: Said, of?: string | number): void {
  announce(drawWords().said[what](String(of ?? '')));
}
