// Top bar: whose map this is, language, theme, who is signed in.
import { atLeast } from '../../../server/domain/role.ts';
import { say, words } from '../../i18n/t.ts';
import { language, setLanguage, setTheme, theme } from '../../state/preferences.ts';
import { importOpen } from '../../state/importView.ts';
import { config, isStaff, role, signOut, user } from '../../state/service.ts';
import { drawOpen } from '../../state/staff/drawView.ts';
import { closeRecords, leaving, recordsOpen } from '../../state/staff/recordsView.ts';
import { closeBook, openBook, view } from '../../state/view.ts';
import { announce } from '../../a11y/announce.ts';
import { Search } from './Search.tsx';
import { signInOpen } from './signInState.ts';
import { Icon, Logo } from './Icon.tsx';

function LanguageSwitch() {
  const now = language.value;
  return (
    <div class="segments language" role="group" aria-label={words().language}>
      <button type="button" lang="zh-CN" aria-pressed={now === 'zh-CN'} onClick={() => setLanguage('zh-CN')}>
        中文
      </button>
      <button type="button" lang="en" aria-pressed={now === 'en'} onClick={() => setLanguage('en')}>
        English
      </button>
    </div>
  );
}

function ThemeSwitch() {
  const dark = theme.value === 'dark';
  const label = dark ? words().themeToLight : words().themeToDark;
  return (
    <button type="button" class="quiet theme-switch" aria-label={label} title={label} onClick={() => setTheme(dark ? 'light' : 'dark')}>
      <Icon name={dark ? 'sun' : 'moon'} />
    </button>
  );
}

/** Opens and closes the import beside the map. */
function ImportSwitch() {
  const open = importOpen.value;
  return (
    <button
      type="button"
      class="quiet import-switch"
      id="import-switch"
      aria-expanded={open}
      data-testid="open-import"
      onClick={() => {
        closeBook();
        importOpen.value = !open;
      }}
    >
      <Icon name="upload" />
      <span class="wide">{words().importing}</span>
      <span class="narrow sr-only">{words().importing}</span>
    </button>
  );
}

/** Count or draw: what stands around the map. */
function Modes() {
  const drawing = drawOpen.value;
  const w = words();
  return (
    <nav class="modes" aria-label={w.modes}>
      <button type="button" aria-current={!drawing ? 'page' : undefined} data-testid="mode-count" onClick={() => (drawOpen.value = false)}>
        {w.modeCount}
      </button>
      <button type="button" aria-current={drawing ? 'page' : undefined} data-testid="mode-draw" onClick={() => (drawOpen.value = true)}>
        {w.modeDraw}
      </button>
    </nav>
  );
}

/** Opens and closes the records beside the map. */
function RecordsSwitch() {
  const open = recordsOpen.value;
  return (
    <button
      type="button"
      class="quiet records-switch"
      id="records-switch"
      aria-expanded={open}
      data-testid="open-records"
      onClick={() => (open ? closeRecords() : (recordsOpen.value = true))}
    >
      <Icon name="table" />
      <span class="wide">{words().records}</span>
      <span class="narrow sr-only">{words().records}</span>
    </button>
  );
}

/** Opens and closes the rules and checks beside the map. */
function BookSwitch() {
  const open = view.value.book !== undefined;
  return (
    <button
      type="button"
      class="quiet book-switch"
      id="book-switch"
      aria-expanded={open}
      data-testid="open-book"
      onClick={() => (open ? closeBook() : openBook('rules'))}
    >
      <Icon name="book" />
      <span class="wide">{words().book}</span>
      <span class="narrow sr-only">{words().book}</span>
    </button>
  );
}

/** Records that are not saved are asked about first; a draft is kept. */
function leave(): void {
  leaving(() => void signOut().then(() => announce(words().signedOut)));
}

function Account() {
  const who = user.value;
  const w = words();
  if (!who) {
    return (
      <button type="button" class="quiet account" onClick={() => (signInOpen.value = true)} data-testid="sign-in">
        <Icon name="user" />
        <span class="wide">{w.signIn}</span>
        <span class="narrow">{w.signInShort}</span>
      </button>
    );
  }
  return (
    <div class="account">
      <span class="who">
        <Icon name="user" />
        <span data-testid="user">{who.username}</span>
        <span class="muted wide">{w.roles[who.role]}</span>
      </span>
      <button type="button" class="quiet" onClick={leave} data-testid="sign-out" title={w.signOut}>
        <Icon name="leave" />
        <span class="wide">{w.signOut}</span>
        <span class="narrow sr-only">{w.signOut}</span>
      </button>
    </div>
  );
}

export function Header() {
  const district = config.value?.district;
  return (
    <header class="top">
      <div class="brand">
        <Logo />
        <strong>{words().product}</strong>
        {district && <span class="district">{say(district)}</span>}
      </div>
      {atLeast(role.value, 'planner') && <Modes />}
      {isStaff.value && <Search />}
      <div class="tools">
        {atLeast(role.value, 'planner') && <ImportSwitch />}
        {atLeast(role.value, 'planner') && <RecordsSwitch />}
        {isStaff.value && <BookSwitch />}
        <LanguageSwitch />
        <ThemeSwitch />
        <Account />
      </div>
    </header>
  );
}
