// Who is signed in, what the service offers that role, and how fresh it is.
import { computed, signal } from '@preact/signals';
import { atLeast, type Role } from '../../server/domain/role.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import type { ServiceConfig, SessionAnswer } from '../../server/domain/service.ts';
import { ApiError, ask, keepToken, watchAnswers } from '../api/http.ts';

export const config = signal<ServiceConfig | null>(null);
export const startError = signal<ApiError | null>(null);
export const user = signal<SessionAnswer['user']>(null);
export const sessionExpired = signal(false);
export const unreached = signal(false);
export const revision = signal(0);

export const role = computed<Role>(() => user.value?.role ?? 'public');
export const isStaff = computed(() => atLeast(role.value, 'analyst'));
export const layerCounts = computed<ReadonlyMap<LayerName, number>>(
  () => new Map((config.value?.layers ?? []).map((layer) => [layer.name, layer.count])),
);
export const isEmpty = computed(() => config.value !== null && config.value.layers.every((layer) => layer.count === 0));

async function loadConfig(): Promise<void> {
  const next = await ask<ServiceConfig>('/api/config');
  config.value = next;
  revision.value = next.revision;
}

/** Asks who is there and what may be seen. Called at start, after signing in or out, and to try again. */
export async function start(): Promise<void> {
  try {
    const session = await ask<SessionAnswer>('/api/session');
    keepToken(session.csrfToken);
    user.value = session.user;
    await loadConfig();
    startError.value = null;
  } catch (error) {
    startError.value = error instanceof ApiError ? error : new ApiError(-1, String(error));
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  const session = await ask<SessionAnswer>('/api/session', { method: 'POST', body: { username, password } });
  keepToken(session.csrfToken);
  sessionExpired.value = false;
  // The old configuration must not be shown to the new role: layers differ.
  const next = await ask<ServiceConfig>('/api/config');
  user.value = session.user;
  config.value = next;
  revision.value = next.revision;
}

export async function signOut(): Promise<void> {
  await ask<void>('/api/session', { method: 'DELETE' }).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  });
  user.value = null;
  keepToken(undefined);
  sessionExpired.value = false;
  await loadConfig();
}

let checking = false;

/** Is the session still there? If not, say so and show what the public sees. */
export async function checkSession(): Promise<void> {
  if (checking || !user.peek()) return;
  checking = true;
  try {
    const session = await ask<SessionAnswer>('/api/session');
    if (session.user) return;
    keepToken(undefined);
    user.value = null;
    sessionExpired.value = true;
    await loadConfig();
  } catch {
    // Not reached: the strip says so, and the next answer will tell.
  } finally {
    checking = false;
  }
}

/** A newer revision is in force: figures and tiles are asked for again, the camera stays. */
export function noteRevision(next: number): void {
  if (next <= revision.peek()) return;
  revision.value = next;
  void loadConfig().catch(() => undefined);
}

watchAnswers((status, signedIn) => {
  unreached.value = status === 0;
  // A session that has ended makes its owner a member of the public, whose refusals are not always 401.
  if (status >= 400 && status < 500 && signedIn) void checkSession();
});
