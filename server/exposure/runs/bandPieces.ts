// The pieces of a strip or a margin: rectangles beside segments, rounded corners, and all within a distance of a
// segment. Pieces that follow each other share a frame in metres, good to its `doubt`; what is nearer to a limit than
// that is left to the rule.
import type { Bounds } from '../../domain/service.ts';
import { longitudeDifference, metresPerDegree, SEMI_MAJOR } from '../../geo/ellipsoid.ts';
import type { Chains, FlatShape } from '../flatShape.ts';
import { grown } from '../units/unitIds.ts';

/** Metres: longer segments are cut, so that the frame of a piece holds. */
const LONGEST = 500;
/** No segment is cut into more pieces than this. */
const MOST_PIECES = 2000;
/** Pieces that share a frame, and the metres over which they may reach (or twice the band's reach, if that is more). */
const GROUP_PIECES = 8;
const GROUP_EXTENT = 120;
/** Metres: what lies this near to a limit is left to the rule, however small the piece. */
const CLOSE = 3e-6;
/** Metres: a frame is not trusted beyond this reach. */
const LARGEST = 50_000;
const NORTHERNMOST = 85;
/** Sine of a bend from which on its sides are told apart without asking the rule. */
const CLEAR_TURN = 1e-3;

export const RECTANGLE = 0;
export const CORNER = 1;
export const CAPSULE = 2;

export class BandPieces {
  count = 0;
  kind = new Uint8Array(1024);
  /** Metres in the frame of the group: where the piece begins, its direction (of length 1), and its length. */
  x = new Float64Array(1024);
  y = new Float64Array(1024);
  ux = new Float64Array(1024);
  uy = new Float64Array(1024);
  length = new Float64Array(1024);
  left = new Float64Array(1024);
  right = new Float64Array(1024);
  /** A corner's second direction. */
  vx = new Float64Array(1024);
  vy = new Float64Array(1024);

  groups = 0;
  /** The first piece of each group; one more at the end. */
  first = new Int32Array(256);
  /** Origin of the frame in degrees, unwrapped along a line, and metres per degree. */
  lon = new Float64Array(256);
  lat = new Float64Array(256);
  scaleX = new Float64Array(256);
  scaleY = new Float64Array(256);
  doubt = new Float64Array(256);
  /** The box of the segments themselves in the frame. */
  west = new Float64Array(256);
  east = new Float64Array(256);
  south = new Float64Array(256);
  north = new Float64Array(256);
  /** Metres from the segments beyond which nothing of the band lies. */
  reach = 0;
  /** A reach so large, or a latitude so high, that only the rule itself can tell. */
  hopeless = false;

  private tangent = 0;
  private extent = 0;

  /** The pieces of a shape. */
  fill(shape: Extract<FlatShape, { kind: 'strip' | 'margin' }>): void {
    this.count = 0;
    this.groups = 0;
    this.reach = shape.kind === 'strip' ? Math.max(shape.left, shape.right) : shape.margin;
    const farthest = Math.max(Math.abs(shape.bounds[1]), Math.abs(shape.bounds[3]));
    this.hopeless = this.reach > LARGEST || farthest > NORTHERNMOST;
    if (this.hopeless) return;
    this.tangent = Math.tan((farthest * Math.PI) / 180);
    this.extent = Math.max(GROUP_EXTENT, 2 * this.reach);
    if (shape.kind === 'strip') {
      this.addSegments(shape.lines, RECTANGLE, shape.left, shape.right);
      this.addJoins(shape.joins, shape.left, shape.right, shape.bounds);
    } else {
      this.addSegments(shape.lines, CAPSULE, shape.margin, shape.margin);
      for (const part of shape.parts) this.addSegments(part, CAPSULE, shape.margin, shape.margin);
    }
    this.first[this.groups] = this.count;
  }

  private addSegments({ xy, ends }: Chains, kind: number, left: number, right: number): void {
    let start = 0;
    for (const end of ends) {
      let lon = xy[2 * start] as number;
      if (end - start === 1 && kind === CAPSULE) {
        this.openGroup(lon, xy[2 * start + 1] as number);
        this.addSegment(kind, lon, xy[2 * start + 1] as number, 0, 0, left, right);
        this.closeGroup();
      }
      let open = false;
      for (let vertex = start + 1; vertex < end; vertex++) {
        const lat = xy[2 * vertex - 1] as number;
        const east = longitudeDifference(xy[2 * vertex - 2] as number, xy[2 * vertex] as number);
        const north = (xy[2 * vertex + 1] as number) - lat;
        if (open && !this.fits(lon + east, lat + north)) {
          this.closeGroup();
          open = false;
        }
        if (!open) {
          this.openGroup(lon + east / 2, lat + north / 2);
          open = true;
        }
        if (this.isLong(east, north)) {
          this.closeGroup();
          this.addLong(kind, lon, lat, east, north, left, right);
          open = false;
        } else this.addSegment(kind, lon, lat, east, north, left, right);
        lon += east;
      }
      if (open) this.closeGroup();
      start = end;
    }
  }

  private isLong(east: number, north: number): boolean {
    const group = this.groups;
    const x = east * (this.scaleX[group] as number);
    const y = north * (this.scaleY[group] as number);
    return x * x + y * y > LONGEST * LONGEST;
  }

  /** A segment too long for one frame: each cut has a group of its own. */
  private addLong(kind: number, lon: number, lat: number, east: number, north: number, left: number, right: number): void {
    const scale = metresPerDegree(lat + north / 2);
    const x = east * scale.x;
    const y = north * scale.y;
    const cuts = Math.min(MOST_PIECES, Math.ceil(Math.sqrt(x * x + y * y) / LONGEST));
    for (let i = 0; i < cuts; i++) {
      this.openGroup(lon + (east * (i + 0.5)) / cuts, lat + (north * (i + 0.5)) / cuts);
      this.addSegment(kind, lon + (east * i) / cuts, lat + (north * i) / cuts, east / cuts, north / cuts, left, right);
      this.closeGroup();
    }
  }

  private openGroup(lon: number, lat: number): void {
    if (this.groups + 1 >= this.first.length) this.growGroups();
    const group = this.groups;
    const scale = metresPerDegree(lat);
    this.first[group] = this.count;
    this.lon[group] = lon;
    this.lat[group] = lat;
    this.scaleX[group] = scale.x;
    this.scaleY[group] = scale.y;
    this.west[group] = Infinity;
    this.east[group] = -Infinity;
    this.south[group] = Infinity;
    this.north[group] = -Infinity;
  }

  /** Would a segment that ends there stay within the extent of the open group? */
  private fits(lon: number, lat: number): boolean {
    const group = this.groups;
    if (this.count - (this.first[group] as number) >= GROUP_PIECES) return false;
    const x = (lon - (this.lon[group] as number)) * (this.scaleX[group] as number);
    const y = (lat - (this.lat[group] as number)) * (this.scaleY[group] as number);
    const { extent } = this;
    return (
      Math.max(x, this.east[group] as number) - Math.min(x, this.west[group] as number) <= extent &&
      Math.max(y, this.north[group] as number) - Math.min(y, this.south[group] as number) <= extent
    );
  }

  /** @param extra metres of doubt beside that of the frame's size */
  private closeGroup(extra = 0): void {
    const group = this.groups;
    // opened and left empty: the next to open takes its place
    if (this.count === this.first[group]) return;
    const width = (this.east[group] as number) - (this.west[group] as number);
    const depth = (this.north[group] as number) - (this.south[group] as number);
    const extent = Math.sqrt(width * width + depth * depth) + this.reach;
    this.doubt[group] = (2 * extent * extent * (1 + this.tangent)) / SEMI_MAJOR + CLOSE + extra;
    this.groups++;
  }

  /** @param east,north the segment in degrees */
  private addSegment(kind: number, lon: number, lat: number, east: number, north: number, left: number, right: number): void {
    const group = this.groups;
    const scaleX = this.scaleX[group] as number;
    const scaleY = this.scaleY[group] as number;
    const x = (lon - (this.lon[group] as number)) * scaleX;
    const y = (lat - (this.lat[group] as number)) * scaleY;
    const dx = east * scaleX;
    const dy = north * scaleY;
    const length = Math.sqrt(dx * dx + dy * dy);
    // a segment of length 0 has no sides: a rectangle beside it is nothing, a capsule around it a disc
    if (length === 0 && kind === RECTANGLE) return;
    const piece = this.nextPiece();
    this.kind[piece] = kind;
    this.x[piece] = x;
    this.y[piece] = y;
    this.ux[piece] = length === 0 ? 1 : dx / length;
    this.uy[piece] = length === 0 ? 0 : dy / length;
    this.length[piece] = length;
    this.left[piece] = left;
    this.right[piece] = right;
    this.widenBox(x, y);
    this.widenBox(x + dx, y + dy);
  }

  private widenBox(x: number, y: number): void {
    const group = this.groups;
    if (x < (this.west[group] as number)) this.west[group] = x;
    if (x > (this.east[group] as number)) this.east[group] = x;
    if (y < (this.south[group] as number)) this.south[group] = y;
    if (y > (this.north[group] as number)) this.north[group] = y;
  }

  private addJoins(joins: Float64Array, left: number, right: number, [west, , east]: Bounds): void {
    let open = false;
    for (let i = 0; i < joins.length; i += 6) {
      const vertex = joins[i + 2] as number;
      // unwrapped, as the lines and the bounds are
      const lon = vertex < west ? vertex + 360 : vertex > east ? vertex - 360 : vertex;
      const lat = joins[i + 3] as number;
      if (open && !this.fits(lon, lat)) {
        this.closeGroup(this.extraDoubt);
        open = false;
      }
      if (!open) {
        this.openGroup(lon, lat);
        this.extraDoubt = 0;
        open = true;
      }
      this.addJoin(joins, i, lon, left, right);
    }
    if (open) this.closeGroup(this.extraDoubt);
  }

  private extraDoubt = 0;

  private addJoin(joins: Float64Array, i: number, lon: number, left: number, right: number): void {
    const lat = joins[i + 3] as number;
    const group = this.groups;
    const scaleX = this.scaleX[group] as number;
    const scaleY = this.scaleY[group] as number;
    const inX = longitudeDifference(joins[i] as number, lon) * scaleX;
    const inY = (lat - (joins[i + 1] as number)) * scaleY;
    const outX = longitudeDifference(lon, joins[i + 4] as number) * scaleX;
    const outY = ((joins[i + 5] as number) - lat) * scaleY;
    const inLength = Math.sqrt(inX * inX + inY * inY);
    const outLength = Math.sqrt(outX * outX + outY * outY);
    const piece = this.nextPiece();
    this.kind[piece] = CORNER;
    this.x[piece] = (lon - (this.lon[group] as number)) * scaleX;
    this.y[piece] = (lat - (this.lat[group] as number)) * scaleY;
    this.ux[piece] = inLength === 0 ? 0 : inX / inLength;
    this.uy[piece] = inLength === 0 ? 0 : inY / inLength;
    this.vx[piece] = outLength === 0 ? 0 : outX / outLength;
    this.vy[piece] = outLength === 0 ? 0 : outY / outLength;
    this.length[piece] = 0;
    // a left turn opens to the right, and the other way round; where the line turns back, each side has its own width
    const turn = (inX * outY - inY * outX) / (inLength * outLength);
    this.left[piece] = turn > CLEAR_TURN ? right : left;
    this.right[piece] = turn < -CLEAR_TURN ? left : right;
    // the rule measures each direction at the middle of its segment, this frame elsewhere
    const along = (2 * this.reach * (inLength + outLength) * (1 + this.tangent)) / SEMI_MAJOR;
    if (along > this.extraDoubt) this.extraDoubt = along;
    this.widenBox(this.x[piece], this.y[piece]);
  }

  private nextPiece(): number {
    const piece = this.count++;
    if (piece === this.kind.length) {
      const length = piece * 2;
      this.kind = grown(this.kind, length, Uint8Array);
      for (const name of ['x', 'y', 'ux', 'uy', 'length', 'left', 'right', 'vx', 'vy'] as const) {
        this[name] = grown(this[name], length, Float64Array);
      }
    }
    return piece;
  }

  private growGroups(): void {
    const length = this.first.length * 2;
    this.first = grown(this.first, length, Int32Array);
    for (const name of ['lon', 'lat', 'scaleX', 'scaleY', 'doubt', 'west', 'east', 'south', 'north'] as const) {
      this[name] = grown(this[name], length, Float64Array);
    }
  }
}
