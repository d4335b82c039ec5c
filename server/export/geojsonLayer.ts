// A layer as GeoJSON (RFC 7946), a feature a line; another system than WGS 84 is told by the `crs` member of the 2008 draft.
import type { PropertyValue } from '../domain/feature.ts';
import { FileSink } from './fileSink.ts';
import type { LayerWriter, Target } from './layerWriter.ts';

export function geojsonLayer({ layer, fields, epsg, path }: Target): LayerWriter {
  const out = new FileSink(path);
  const crs = epsg === 4326 ? '' : `"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::${epsg}"}},`;
  out.text(`{"type":"FeatureCollection","name":"${layer}",${crs}"features":[\n`);
  let first = true;
  return {
    write: ({ id, geometry, properties }) => {
      const shown: Record<string, PropertyValue> = {};
      for (const { name } of fields) shown[name] = properties[name] ?? null;
      out.text(`${first ? '' : ',\n'}${JSON.stringify({ type: 'Feature', id, geometry, properties: shown })}`);
      first = false;
    },
    finish: () => {
      out.text('\n]}\n');
      out.end();
    },
  };
}
