// Interface icons, 20 by 20, drawn in the colour of the text beside them. Never alone in public screens.
const PATHS = {
  search: 'M14 14l4 4M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3Z',
  moon: 'M16.500 11.600A6.900 6.900 0 0 1 8.400 3.500a6.900 6.900 0 1 0 8.100 8.100Z',
  sun: 'M10 6.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7ZM10 1.800v2M10 16.200v2M1.800 10h2M16.200 10h2M4.200 4.200l1.400 1.400M14.400 14.400l1.400 1.400M4.200 15.800l1.400-1.400M14.400 5.600l1.400-1.400',
  user: 'M10 3.500a3.300 3.300 0 1 0 0 6.600 3.300 3.300 0 0 0 0-6.600ZM3.500 17c.4-3.600 3-5.300 6.500-5.300s6.100 1.700 6.500 5.300',
  leave: 'M8 3.500H3.500v13H8M12.500 6.500 16 10l-3.500 3.500M15.800 10H7.500',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  whole: 'M3.500 7.500v-4h4M12.500 3.500h4v4M16.500 12.500v4h-4M7.500 16.500h-4v-4M7 10h6M10 7v6',
  layers: 'M10 3l7.200 3.900L10 10.800 2.800 6.900ZM3 10.200l7 3.800 7-3.800M3 13.400l7 3.800 7-3.800',
  back: 'M12.500 4.500 7 10l5.500 5.500',
  next: 'M7.500 4.500 13 10l-5.500 5.500',
  down: 'M5 8l5 5 5-5',
  check: 'M4 10.500l4 4 8-9',
  book: 'M10 5.500C8 4 5.500 3.500 3 3.500v12c2.500 0 5 .5 7 2 2-1.500 4.500-2 7-2v-12c-2.500 0-5 .5-7 2ZM10 5.500v12',
  download: 'M10 3v9.500M6 9l4 4 4-4M3.500 16.500h13',
  upload: 'M10 12.500V3M6 6.500l4-4 4 4M3.500 16.500h13',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5ZM10 7.800a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400Z',
  target: 'M10 5.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9ZM10 1.800v3.700M10 14.500v3.700M1.800 10h3.700M14.500 10h3.700',
  unknown:
    'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15ZM7.800 8a2.300 2.300 0 1 1 3.300 2.100c-.8.400-1.100.8-1.100 1.700M10 14.200v.1',
  warn: 'M10 3l8 13.500H2ZM10 8v4.200M10 14.400v.1',
  offline:
    'M2.500 7.500A11 11 0 0 1 10 4.500a11 11 0 0 1 7.500 3M5 10.500a7.300 7.300 0 0 1 10 0M7.600 13.400a3.700 3.700 0 0 1 4.800 0M3 3l14 14',
  shelter: 'M3 10l7-6.500L17 10M5 8.800v7.700h10V8.800',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Logo() {
  return (
    <svg class="logo" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      <path class="logo-ridge" d="M2 19.500 9.800 5.200l3.400 6.300 2.300-3.700 6.500 11.700Z" />
      <path class="logo-slide" d="m7.600 16.200 6-6.200" />
    </svg>
  );
}
