"""Shapely as its experts would set it up for this work: run by shapely.ts with a folder of raw arrays and a plan.

Tuned, each step measured at a million households with Shapely 2.1 and GEOS 3.13:
- points sorted in rows of 200 m, so that neighbours lie together in memory; one tree in metres, one in lon/lat; both built before;
- all geometries prepared before; lines cut to 4 segments for `dwithin` (3 times as fast as whole); overlapping parts united;
- `tree of points, predicates`: the bulk query with `dwithin` and `covers` (a tree of zones asked with points is 10 to 40 times slower);
- `buffers, boxes then coordinates`: the bulk query with boxes only, then `intersects_xy` on the candidates' coordinates, which spares
  the points' geometries (3 times as fast as the predicate); discs by their squared distance in NumPy;
- `cut buffers, ...`: the same with every area cut by `clip_by_rect` to 64 coordinates at most (16 to 256 tried), so that boxes fit;
- totals by `bincount` and a mask.
Shapely 1.8 has no bulk queries: candidates by NumPy on the sorted rows, then `shapely.vectorized`.
"""

import json
import sys
import time

import numpy as np
import shapely

MODERN = int(shapely.__version__.split(".")[0]) >= 2
if MODERN:
    from shapely import STRtree
else:
    import shapely.vectorized
    import shapely.wkb
    from shapely.ops import unary_union

LONG = 20.0
EDGES = "edges that positions lie on move by rounding where areas are united or cut; "
PROJECTED = "lengths of the projection are not those of the ellipsoid"
BUFFERED = "buffers (16 segments a quarter circle) are polygons inside the true margin; " + PROJECTED

folder = sys.argv[1]


def column(name, kind):
    return np.fromfile(f"{folder}/{name}", dtype=kind)


with open(f"{folder}/plan.json", encoding="utf8") as file:
    plan = json.load(file)

lon, lat, x, y = (column(f"{name}.f64", "<f8") for name in ("lon", "lat", "x", "y"))
people, vulnerable = (column(f"{name}.u8", "u1").astype(np.int64) for name in ("people", "vulnerable"))
households = plan["households"]
order = np.lexsort((x, np.floor(y / 200)))
lon, lat, x, y, people, vulnerable = (values[order] for values in (lon, lat, x, y, people, vulnerable))
is_household = order < households

kinds = np.array([row["kind"] for row in plan["zones"]])
zone_of = np.array([row["zone"] for row in plan["zones"]])
reaches = np.array([row["reach"] for row in plan["zones"]])


def parse(hexes):
    if MODERN:
        return shapely.from_wkb(hexes)
    found = np.empty(len(hexes), dtype=object)
    found[:] = [shapely.wkb.loads(text, hex=True) for text in hexes]
    return found


geometries = parse([row["wkb"] for row in plan["zones"]])
discs, lines = geometries[kinds == "disc"], geometries[kinds == "margin"]
disc_zones, line_zones = zone_of[kinds == "disc"], zone_of[kinds == "margin"]
radii, margins = reaches[kinds == "disc"], reaches[kinds == "margin"]
area_zones = np.unique(zone_of[kinds == "area"])
parts = [geometries[(kinds == "area") & (zone_of == zone)] for zone in area_zones]
union = shapely.union_all if MODERN else (lambda found: unary_union(list(found)))
areas = np.array([found[0] if len(found) == 1 else union(found) for found in parts], dtype=object)


def figures(zones, units):
    """What every way gives: figures by zone, and each unit once."""
    lived = is_household[units]
    zones, homes = zones[lived], units[lived]
    once = np.zeros(len(x), dtype=bool)
    once[units] = True
    return {
        "households": np.bincount(zones, minlength=plan["zoneCount"]),
        "people": np.bincount(zones, weights=people[homes], minlength=plan["zoneCount"]),
        "totals": {
            "households": int((once & is_household).sum()),
            "people": int(people[once].sum()),
            "vulnerable": int(vulnerable[once].sum()),
            "schools": int((once & ~is_household).sum()),
        },
        "pairs": (zones, homes),
    }


def repeat(task, runs):
    times = []
    for run in range(runs + 1):
        began = time.perf_counter()
        answer = task()
        times.append((time.perf_counter() - began) * 1000)
        if times[0] > LONG * 1000:
            break
    return times[1:] or times, answer


def halves(area, limit):
    """An area cut in two across its longer side until each part has `limit` coordinates at most."""
    if shapely.get_num_coordinates(area) <= limit:
        return [area]
    west, south, east, north = shapely.bounds(area)
    if east - west > north - south:
        middle = (west + east) / 2
        boxes = [(west, south, middle, north), (middle, south, east, north)]
    else:
        middle = (south + north) / 2
        boxes = [(west, south, east, middle), (west, middle, east, north)]
    clipped = [shapely.clip_by_rect(area, *box) for box in boxes]
    return [piece for half in clipped if not shapely.is_empty(half) for piece in halves(half, limit)]


def modern():
    began = time.perf_counter()
    metres, degrees = STRtree(shapely.points(x, y)), STRtree(shapely.points(lon, lat))
    metres.query(shapely.box(0, 0, 1, 1)), degrees.query(shapely.box(0, 0, 1, 1))
    trees = time.perf_counter()
    buffers = shapely.buffer(lines, margins, quad_segs=16)
    for found in (discs, areas, buffers):
        shapely.prepare(found)

    def pieces(found, owners, split):
        cut = [split(one) for one in found]
        flat = np.array([piece for one in cut for piece in one], dtype=object)
        shapely.prepare(flat)
        return flat, np.repeat(owners, [len(one) for one in cut]), np.repeat(np.arange(len(found)), [len(one) for one in cut])

    def segments(line):
        at = shapely.get_coordinates(line)
        return [shapely.linestrings(at[i : i + 5]) for i in range(0, len(at) - 1, 4)]

    line_pieces, line_owners, line_rows = pieces(lines, line_zones, segments)
    cut_areas, cut_area_zones, _ = pieces(areas, area_zones, lambda area: halves(area, 64))
    cut_buffers, cut_buffer_zones, _ = pieces(buffers, line_zones, lambda area: halves(area, 64))
    prepared = time.perf_counter()
    centre_x, centre_y = shapely.get_x(discs), shapely.get_y(discs)
    disc_boxes = shapely.box(centre_x - radii, centre_y - radii, centre_x + radii, centre_y + radii)

    def joined(*answers):
        return figures(np.concatenate([zones for zones, _ in answers]), np.concatenate([units for _, units in answers]))

    def by_predicates():
        i, j = metres.query(discs, predicate="dwithin", distance=radii)
        k, m = metres.query(line_pieces, predicate="dwithin", distance=margins[line_rows])
        once = np.unique(line_owners[k].astype(np.int64) * len(x) + m)
        a, b = degrees.query(areas, predicate="covers")
        return joined((disc_zones[i], j), (once // len(x), once % len(x)), (area_zones[a], b))

    def discs_by_numpy():
        i, j = metres.query(disc_boxes)
        within = (centre_x[i] - x[j]) ** 2 + (centre_y[i] - y[j]) ** 2 <= radii[i] ** 2
        return disc_zones[i[within]], j[within]

    def by_coordinates(found, owners, tree, east, north):
        i, j = tree.query(found)
        inside = shapely.intersects_xy(found[i], east[j], north[j])
        return owners[i[inside]], j[inside]

    def whole():
        return joined(
            discs_by_numpy(), by_coordinates(buffers, line_zones, metres, x, y), by_coordinates(areas, area_zones, degrees, lon, lat)
        )

    def cut():
        return joined(
            discs_by_numpy(),
            by_coordinates(cut_buffers, cut_buffer_zones, metres, x, y),
            by_coordinates(cut_areas, cut_area_zones, degrees, lon, lat),
        )

    def drawn_by_predicate(area):
        found = degrees.query(area, predicate="covers")
        return found[is_household[found]]

    def drawn_by_coordinates(area):
        found = degrees.query(area)
        shapely.prepare(area)
        found = found[shapely.intersects_xy(area, lon[found], lat[found])]
        return found[is_household[found]]

    return {
        "versions": {"Shapely": shapely.__version__, "GEOS": shapely.geos_version_string, "NumPy": np.__version__},
        "preparation": [["trees", (trees - began) * 1000], ["areas (buffers, unions, cuts, preparing)", (prepared - trees) * 1000]],
        "reference": [
            ("tree of points, predicates", by_predicates, PROJECTED),
            ("buffers, boxes then coordinates", whole, BUFFERED),
            ("cut buffers, boxes then coordinates", cut, EDGES + BUFFERED),
        ],
        "drawn": [("predicate", drawn_by_predicate), ("boxes then coordinates", drawn_by_coordinates)],
    }


def old():
    began = time.perf_counter()
    buffers = [line.buffer(margin, resolution=16) for line, margin in zip(lines, margins)]
    prepared = time.perf_counter()
    rows = np.floor(y / 200)
    starts = np.searchsorted(rows, np.arange(rows[0], rows[-1] + 2))

    def boxed(west, south, east, north):
        """Units in a box of metres: a slice of each row it meets."""
        low, high = (int(min(max(np.floor(v / 200) - rows[0], 0), len(starts) - 2)) for v in (south, north))
        found = []
        for row in range(low, high + 1):
            slice_ = x[starts[row] : starts[row + 1]]
            found.append(np.arange(*np.searchsorted(slice_, (west, east + 1e-9))) + starts[row])
        found = np.concatenate(found)
        return found[(y[found] >= south) & (y[found] <= north)]

    # lon/lat boxes as boxes of metres: wide enough for what meridians converge by
    metres_lon, metres_lat = 88_000.0, 111_100.0

    def boxed_degrees(west, south, east, north):
        centre_lon, centre_lat = plan["centre"]
        margin = 300
        return boxed(
            (west - centre_lon) * metres_lon - margin,
            (south - centre_lat) * metres_lat - margin,
            (east - centre_lon) * metres_lon + margin,
            (north - centre_lat) * metres_lat + margin,
        )

    def inside(area, units, east, north):
        box = area.bounds
        units = units[(east[units] >= box[0]) & (east[units] <= box[2]) & (north[units] >= box[1]) & (north[units] <= box[3])]
        if len(units) == 0:
            return units
        return units[shapely.vectorized.contains(area, east[units], north[units])]

    def reference():
        zones, units = [], []

        def add(zone, found):
            zones.append(np.full(len(found), zone))
            units.append(found)

        for zone, disc, radius in zip(disc_zones, discs, radii):
            found = boxed(disc.x - radius, disc.y - radius, disc.x + radius, disc.y + radius)
            add(zone, found[(x[found] - disc.x) ** 2 + (y[found] - disc.y) ** 2 <= radius**2])
        for zone, area in zip(line_zones, buffers):
            add(zone, inside(area, boxed(*area.bounds), x, y))
        for zone, area in zip(area_zones, areas):
            add(zone, inside(area, boxed_degrees(*area.bounds), lon, lat))
        return figures(np.concatenate(zones), np.concatenate(units))

    def drawn(area):
        found = inside(area, boxed_degrees(*area.bounds), lon, lat)
        return found[is_household[found]]

    return {
        "versions": {"Shapely": shapely.__version__, "GEOS": shapely.geos.geos_version_string, "NumPy": np.__version__},
        "preparation": [["buffers, unions", (prepared - began) * 1000]],
        "reference": [("rows, then vectorized.contains", reference, "contains leaves out positions on an edge; " + BUFFERED)],
        "drawn": [("rows, then vectorized.contains", drawn)],
    }


ways = modern() if MODERN else old()
result = {"versions": ways["versions"], "preparation": ways["preparation"], "reference": [], "drawn": []}
for number, (way, task, cause) in enumerate(ways["reference"]):
    times, answer = repeat(task, plan["runs"])
    zones, homes = answer.pop("pairs")
    (zones.astype("<f8") * households + order[homes]).tofile(f"{folder}/pairs-{number}.f64")
    answer["households"], answer["people"] = (answer[name].astype(int).tolist() for name in ("households", "people"))
    result["reference"].append({"way": way, "ms": times, "cause": cause, **answer})

for way, task in ways["drawn"]:
    for area in parse(plan["drawn"][:20]):
        task(area)
    times, counts = [], []
    for area in parse(plan["drawn"]):
        began = time.perf_counter()
        found = task(area)
        people[found].sum(), vulnerable[found].sum()
        times.append((time.perf_counter() - began) * 1000)
        counts.append(len(found))
    result["drawn"].append({"way": way, "ms": times, "figures": counts})

with open(f"{folder}/result.json", "w", encoding="utf8") as file:
    json.dump(result, file)
