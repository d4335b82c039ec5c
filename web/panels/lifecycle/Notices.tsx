// The documents that go with an announcement or a revocation, to be downloaded.
import { lifeWords } from '../../i18n/lifecycle/words.ts';
import { Icon } from '../shell/Icon.tsx';

export function Notices({ id, status }: { id: string; status: string }) {
  const w = lifeWords();
  if (status === 'draft') return null;
  const name = status === 'revoked' ? w.revocation : status === 'announced' ? w.announcement : w.announcementDraft;
  return (
    <p class="notices">
      <Icon name="download" size={16} /> {name}
      {(['pdf', 'docx'] as const).map((format) => (
        <a
          key={format}
          class="link"
          href={`/api/notices/danger-zones/${encodeURIComponent(id)}.${format}`}
          download
          data-testid={`notice-${format}`}
        >
          {w[format]}
        </a>
      ))}
    </p>
  );
}
