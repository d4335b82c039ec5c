// Writes the demo district as the files a county really receives, with a manifest that says how to import them.
//   node scripts/demo/generate.ts FOLDER
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDistrict, type District } from './district.ts';
import { countExposure } from './exposure.ts';
import { CENTRE, toLonLat } from './frame.ts';
import { areaFile, riverFile, townshipFile, workingFile } from './groundFiles.ts';
import { floodFile, geologicalFile, zoneFile } from './hazardFiles.ts';
import { renderGround } from './hillshade.ts';
import type { DemoFile, DemoManifest, WrittenFile } from './manifest.ts';
import { facilityFile, footprintFile, householdFile, schoolFile, shelterFile } from './peopleFiles.ts';
import { DISTRICT } from './townships.ts';

export type { DemoFile, DemoManifest } from './manifest.ts';

const GROUND = 'ground.png';

/** All files, in the order in which they are to be imported. */
function filesOf(district: District): readonly WrittenFile[] {
  return [
    townshipFile(),
    riverFile(district),
    workingFile(district),
    areaFile(district),
    floodFile(district),
    geologicalFile(district),
    zoneFile(district),
    householdFile(district),
    footprintFile(district),
    schoolFile(district),
    shelterFile(district),
    facilityFile(district),
  ];
}

function boundsOfDistrict(): DemoManifest['district']['bounds'] {
  const places = DISTRICT.map(toLonLat);
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** The line of a file in the manifest. */
function entryOf(written: WrittenFile): DemoFile {
  const { bytes, ...entry } = written;
  if (bytes.length === 0) throw new Error(`${entry.file} is empty`);
  return entry;
}

async function writeDistrict(district: District, outputFolder: string): Promise<DemoManifest> {
  await mkdir(outputFolder, { recursive: true });
  const files = filesOf(district);
  const ground = renderGround(district.terrain);
  const manifest: DemoManifest = {
    district: { name: '矿区（演示）', synthetic: true, center: CENTRE, bounds: boundsOfDistrict() },
    files: files.map(entryOf),
    ground: { image: GROUND, bounds: ground.bounds, synthetic: true },
  };
  await Promise.all([
    ...files.map(({ file, bytes }) => writeFile(join(outputFolder, file), bytes)),
    writeFile(join(outputFolder, GROUND), ground.png),
    writeFile(join(outputFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`),
  ]);
  return manifest;
}

/** Writes the demo district into the folder: the same bytes every time. Returns the manifest, which is also a file there. */
export function generateDemoDistrict(outputFolder: string): Promise<DemoManifest> {
  return writeDistrict(makeDistrict(), outputFolder);
}

function report(district: District): string {
  const figures = countExposure(district);
  const lines = [
    `households ${district.households.length} (${district.households.filter((one) => !one.located).length} unlocated, ${district.households.filter((one) => one.surveyed).length} outlines)`,
    `flood points ${district.floodPoints.length}, geological points ${district.geological.length}, danger zones ${district.zones.length}, river sections ${district.sections.length}`,
    `workings ${district.workings.length}, hazard areas ${district.areas.length}, schools ${district.schools.length}, shelters ${district.shelters.length}, facilities ${district.facilities.length}`,
    `threatened households ${figures.households} (${(figures.share * 100).toFixed(1)} %), resident people ${figures.people}`,
    ...[...figures.byRule].map(([rule, count]) => `  ${rule}: ${count}`),
    ...[...figures.byTownship].map(([name, count]) => `  ${name}: ${count}`),
  ];
  return lines.join('\n');
}

async function main(folder: string | undefined): Promise<void> {
  if (!folder) {
    console.error('usage: node scripts/demo/generate.ts FOLDER');
    process.exitCode = 2;
    return;
  }
  const started = performance.now();
  const district = makeDistrict();
  const manifest = await writeDistrict(district, resolve(folder));
  console.log(`${manifest.files.length} files in ${resolve(folder)}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  console.log(report(district));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main(process.argv[2]);
