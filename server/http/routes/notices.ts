import { Router } from 'express';
import { join } from 'node:path';
import { isFormat, NOTICE_KINDS } from '../../notices/noticeModel.ts';
import type { NoticeFile, NoticeRequest } from '../../notices/noticeOf.ts';
import { Problem } from '../../domain/problem.ts';
import { PATHS } from '../../service/settings.ts';
import { workerUrl } from '../../service/workerUrl.ts';
import type { NoticeData, NoticeHandlers } from '../../workers/notice.worker.ts';
import { connect } from '../../workers/rpc.ts';
import type { Context } from '../context.ts';
import { one, oneOf, readQuery } from '../query.ts';
import { requireRole } from '../session.ts';

const FONTS = join(PATHS.root, 'data/fonts');

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/** A Word file of 50,000 corners takes a third of this. */
const HEAP_MB = 1024;

export function noticeRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  // one at a time: a second notice waits rather than take the cores from those who read
  let last: Promise<unknown> = Promise.resolve();

  const made = async (request: NoticeRequest): Promise<NoticeFile> => {
    const worker = connect<NoticeHandlers>(workerUrl('notice'), {
      workerData: { storePath: service.storePath } satisfies NoticeData,
      name: 'notice',
      maxOldGenerationSizeMb: HEAP_MB,
    });
    try {
      return await worker.call.run(request);
    } finally {
      await worker.end();
    }
  };

  router.get('/api/notices/danger-zones/:file', async (request, response) => {
    const visitor = requireRole(request, 'analyst');
    const query = readQuery(request, ['kind']);
    const { file } = request.params;
    const [, id, format] = /^(.+)\.(\w+)$/s.exec(file) ?? [];
    if (id === undefined || format === undefined || !isFormat(format)) {
      throw new Problem(404, 'no_such_notice', `A notice is asked for as the zone's id with .pdf or .docx, not ${file.slice(0, 120)}.`);
    }
    const kind = one(query, 'kind') === null ? null : oneOf(query, 'kind', NOTICE_KINDS, 'announcement');
    const turn = last.then(() =>
      made({
        id,
        format,
        kind,
        mapReviewNumber: service.settings.mapReviewNumber,
        fontsFolder: FONTS,
        madeOn: new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
      }),
    );
    last = turn.then(
      () => undefined,
      () => undefined,
    );
    const notice = await turn;
    await service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'export',
      subject: `notice danger-zones:${id} ${notice.kind} ${format}`,
      count: notice.corners,
    });
    response
      .type(TYPES[format])
      .set('Content-Disposition', attachment(`${notice.name}.${format}`, `notice-${notice.kind}.${format}`))
      .send(Buffer.from(notice.bytes));
  });

  return router;
}

/** RFC 6266: the Chinese name, and a plain one for what cannot read it. */
function attachment(name: string, plain: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
