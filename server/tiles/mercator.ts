// Degrees to units of one tile, as the web's Mercator has it.
import { EXTENT } from './mvtLayer.ts';

const RADIANS = Math.PI / 180;

/** From this zoom on a tile is so low that a series of four terms is right to a thousandth of a unit. */
const SERIES_ZOOM = 9;

/** From a latitude to the row within a tile, and from a longitude to the column: both in tile units, fractional. */
export class TileFrame {
  private readonly size: number;
  private readonly left: number;
  private readonly top: number;
  private readonly perDegree: number;
  /** The latitude in the middle of the tile, and the series around it. */
  private readonly middle: number;
  private readonly series: readonly [number, number, number, number] | null;

  constructor(z: number, x: number, y: number) {
    this.size = 2 ** z * EXTENT;
    this.left = x * EXTENT;
    this.top = y * EXTENT;
    this.perDegree = this.size / 360;
    this.middle = Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + 0.5)) / 2 ** z))) / RADIANS;
    this.series = z >= SERIES_ZOOM ? this.seriesAt(this.middle) : null;
  }

  column(lon: number): number {
    return (lon + 180) * this.perDegree - this.left;
  }

  row(lat: number): number {
    const { series } = this;
    if (!series) return this.exactRow(lat);
    const d = lat - this.middle;
    return series[0] - d * (series[1] + d * (series[2] + d * series[3]));
  }

  private exactRow(lat: number): number {
    const sine = Math.sin(lat * RADIANS);
    return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * this.size - this.top;
  }

  /** Taylor's series of the Mercator ordinate: its derivatives are sec, sec·tan and sec·(2·sec² - 1). */
  private seriesAt(lat: number): [number, number, number, number] {
    const secant = 1 / Math.cos(lat * RADIANS);
    const tangent = Math.tan(lat * RADIANS);
    const unit = this.size / (2 * Math.PI);
    return [
      this.exactRow(lat),
      unit * secant * RADIANS,
      (unit * secant * tangent * RADIANS ** 2) / 2,
      (unit * secant * (2 * secant * secant - 1) * RADIANS ** 3) / 6,
    ];
  }
}
