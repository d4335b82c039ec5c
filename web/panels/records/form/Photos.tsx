// Photos of the feature: looked at, added from a file or the phone's camera, deleted. The public never sees them.
import { signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { LayerName } from '../../../../server/domain/layer.ts';
import { announce } from '../../../a11y/announce.ts';
import { ApiError } from '../../../api/http.ts';
import type { Photo } from '../../../../server/domain/photo.ts';
import { addPhoto, fetchPhotos, photoUrl, removePhoto } from '../../../api/photos.ts';
import { moment } from '../../../i18n/format.ts';
import { problemWords, whyWords } from '../../../i18n/problem.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { words } from '../../../i18n/t.ts';
import { createResource } from '../../../state/resource.ts';
import { Icon } from '../../shell/Icon.tsx';

interface Feature {
  readonly layer: LayerName;
  readonly id: string;
}

interface Album extends Feature {
  readonly photos: readonly Photo[];
}

const album = createResource<Album>(async (key, abort) => {
  const [layer, id] = JSON.parse(key) as [LayerName, string];
  return { layer, id, photos: await fetchPhotos(layer, id, abort) };
});

const caption = signal('');
const busy = signal(false);
const trouble = signal<string | null>(null);
/** The one that is looked at large. */
const large = signal<Photo | null>(null);

/** Nothing of the last feature's stays. */
export function forgetPhotos(): void {
  album.clear();
  caption.value = '';
  trouble.value = null;
  large.value = null;
}

const sentence = (error: unknown): string => (error instanceof ApiError ? whyWords(error) : String(error));

async function add({ layer, id }: Feature, files: readonly File[]): Promise<void> {
  busy.value = true;
  trouble.value = null;
  try {
    for (const file of files) await addPhoto(layer, id, file, caption.peek());
    caption.value = '';
    announce(recordsWords().photoAdded);
  } catch (error) {
    trouble.value = recordsWords().photoFailed(sentence(error));
  }
  busy.value = false;
  album.retry();
}

async function remove({ layer, id }: Feature, photo: Photo): Promise<void> {
  trouble.value = null;
  try {
    await removePhoto(layer, id, photo.id);
    large.value = null;
    announce(recordsWords().photoRemoved);
  } catch (error) {
    trouble.value = sentence(error);
  }
  album.retry();
}

const titleOf = (photo: Photo, number: number): string => photo.caption ?? recordsWords().photoUnnamed(number);

function Large({ of, photos }: { of: Feature; photos: readonly Photo[] }) {
  const w = recordsWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const sure = useRef(signal(false)).current;
  const now = large.value;
  useEffect(() => {
    sure.value = false;
    if (now) dialog.current?.showModal();
    else dialog.current?.close();
  }, [now]);
  const title = now ? titleOf(now, photos.findIndex(({ id }) => id === now.id) + 1) : '';
  return (
    <dialog ref={dialog} class="records-dialog photo" aria-label={title} data-testid="photo-large" onClose={() => (large.value = null)}>
      {now && (
        <>
          <img src={photoUrl(of.layer, of.id, now.id, 'full')} width={now.width} height={now.height} alt={title} />
          <p>
            <b>{title}</b> <span class="muted">{w.photoOf(now.by, moment(now.at))}</span>
          </p>
          <div class="actions">
            {sure.value ? (
              <>
                <span>{w.removePhotoSure}</span>
                <button type="button" class="button" data-testid="photo-remove-sure" onClick={() => void remove(of, now)}>
                  {w.remove}
                </button>
              </>
            ) : (
              <button type="button" class="button" data-testid="photo-remove" onClick={() => (sure.value = true)}>
                {w.removePhoto}
              </button>
            )}
            <button type="button" class="button primary" autofocus onClick={() => (large.value = null)}>
              {words().close}
            </button>
          </div>
        </>
      )}
    </dialog>
  );
}

const HAND = matchMedia('(pointer: coarse)').matches;
/** What the service reads; a phone turns its own format into one of these. */
const ACCEPTED = 'image/jpeg,image/png,image/webp';

function Pick({ of, camera = false }: { of: Feature; camera?: boolean }) {
  const w = recordsWords();
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={file}
        class="sr-only"
        type="file"
        accept={ACCEPTED}
        {...(camera ? { capture: 'environment' as const } : { multiple: true })}
        tabindex={-1}
        aria-hidden="true"
        data-testid={camera ? 'photo-camera' : 'photo-file'}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) void add(of, files);
        }}
      />
      <button
        type="button"
        class="button small"
        disabled={busy.value}
        data-testid={camera ? 'take-photo' : 'add-photo'}
        onClick={() => file.current?.click()}
      >
        <Icon name="plus" size={16} /> {busy.value ? w.uploading : camera ? w.takePhoto : w.addPhoto}
      </button>
    </>
  );
}

function Add({ of }: { of: Feature }) {
  const w = recordsWords();
  const id = useId();
  return (
    <div class="add-photo">
      <label for={id} class="sr-only">
        {w.caption}
      </label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        placeholder={w.captionHint}
        data-testid="photo-caption"
        value={caption.value}
        onInput={(event) => (caption.value = event.currentTarget.value)}
      />
      {/* On a phone the camera is one button and the pictures that are there another. */}
      {HAND && <Pick of={of} camera />}
      <Pick of={of} />
    </div>
  );
}

export function Photos({ layer, id }: Feature) {
  const w = recordsWords();
  const title = useId();
  const key = JSON.stringify([layer, id]);
  useEffect(() => {
    forgetPhotos();
    album.load(key);
    return forgetPhotos;
  }, [key]);
  const { data, error, loading } = album.state.value;
  const here = data?.layer === layer && data.id === id ? data.photos : [];
  return (
    <section class="record-part" aria-labelledby={title} data-testid="photos">
      <h4 id={title}>
        {w.photosTitle} <small class="muted">{w.photosPrivate}</small>
      </h4>
      {error && (
        <p class="problem" role="alert">
          {problemWords(error)}{' '}
          <button type="button" class="link" onClick={album.retry}>
            {words().retry}
          </button>
        </p>
      )}
      {here.length > 0 ? (
        <ul class="thumbnails">
          {here.map((photo, index) => (
            <li key={photo.id}>
              <button
                type="button"
                aria-label={w.openPhoto(titleOf(photo, index + 1))}
                data-testid="thumbnail"
                onClick={() => (large.value = photo)}
              >
                <img src={photoUrl(layer, id, photo.id, 'small')} alt="" loading="lazy" />
                <span>{titleOf(photo, index + 1)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        !error && !loading && <p class="muted">{w.noPhotos}</p>
      )}
      {trouble.value && (
        <p class="problem" role="alert" data-testid="photo-trouble">
          {trouble.value}
        </p>
      )}
      <Add of={{ layer, id }} />
      <Large of={{ layer, id }} photos={here} />
    </section>
  );
}
